"""Facts about Chinese and English as pure functions: no store, no files of the user's, no state that can be seen."""
