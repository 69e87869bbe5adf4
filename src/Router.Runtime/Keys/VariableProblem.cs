namespace RouterGen;

/// <summary>Why what variables hold makes a deployment unusable. It names variables, never values.</summary>
/// <param name="Text">Why, for people.</param>
/// <param name="IsUnset">Whether a variable is not set; otherwise what one holds is wrong.</param>
internal sealed record VariableProblem(string Text, bool IsUnset = false);
