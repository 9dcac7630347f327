"""Tests of the measurements, and the limits that hold on any machine."""
