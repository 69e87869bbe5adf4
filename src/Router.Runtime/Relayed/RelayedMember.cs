using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>A member of the object that a request is, by its place in the body.</summary>
/// <param name="Start">Where its name begins, with the quotation mark.</param>
/// <param name="Value">Where its value begins.</param>
/// <param name="End">Where its value ends.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RelayedMember(int Start, int Value, int End);
