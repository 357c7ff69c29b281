"""The counter that the tests of growth rest on."""

from tests.counting import grows_linearly, steps


def once(size: int):
    numbers = list(range(size))
    return lambda: [number + 1 for number in numbers]


def pairs(size: int):
    numbers = list(range(size))
    return lambda: sum(one < other for one in numbers for other in numbers)


def test_steps_are_the_same_each_time_and_grow_with_the_work():
    assert steps(once(100)) == steps(once(100)) < steps(once(200))


def test_a_square_is_told_from_a_line():
    assert (grows_linearly(once, 50), grows_linearly(pairs, 50)) == (True, False)
