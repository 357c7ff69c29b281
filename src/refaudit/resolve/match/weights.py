"""What each score of a pair of entry and record counts: all numbers of the decision in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points that a full score gives (``author`` is the first one, ``authors`` the others), and what other points decide.

    ``somebody_else`` is added where the first author does not stand in the entry, ``other_title`` where the entry prints quite
    another title; both count differently where the pages contradict too (``…_elsewhere``). A record is accepted from ``accept``
    points on; records ``tie`` points apart fit equally well; from ``certain`` points on a match has the score 1.
    """

    title: float = 3.0
    author: float = 1.5
    authors: float = 0.5
    year: float = 1.0
    container: float = 0.75
    volume: float = 1.0
    page: float = 1.5
    unexplained: float = -3.0
    same_title: float = 1.75
    near_title: float = 0.9
    other_kind: float = -2.0
    other_place: float = -1.25
    somebody_else: float = -1.0
    somebody_else_elsewhere: float = -1.75
    other_title: float = -1.5
    other_title_elsewhere: float = -0.75
    accept: float = 4.4
    tie: float = 0.35
    certain: float = 4.4 * 1.5

    def of(self, score: str) -> float:
        """The weight of a score by the name that reports give it ("same-title")."""
        weight: float = getattr(self, score.replace("-", "_"))
        return weight


WEIGHTS = Weights()
