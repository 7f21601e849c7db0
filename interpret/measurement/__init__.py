"""Measuring live sessions: what was rendered, how late, how steadily; from our logs and from SimulEval's."""
