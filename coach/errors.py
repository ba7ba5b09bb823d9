"""The one root of every error Stridewell raises on purpose."""


class StridewellError(Exception):
    """A message that names the thing, the rule and the remedy."""


class ProfileError(StridewellError):
    """A profile field is outside what the engine can plan for.

    field: the name of the field; rule: what holds for it; remedy: what to write instead.
    """

    def __init__(self, field: str, rule: str, remedy: str) -> None:
        super().__init__(f"{field}: {rule}. {remedy}")
        self.field = field
        self.rule = rule
        self.remedy = remedy


class CatalogueError(StridewellError):
    """A catalogue file breaks a rule; the message names file, field and rule."""

    def __init__(self, file: str, field: str, rule: str) -> None:
        super().__init__(f"{file}: {field}: {rule}")
        self.file = file
        self.field = field
        self.rule = rule


class NoSafeExercise(StridewellError):
    """The constraints of a runner exclude every choice for a whole week."""
