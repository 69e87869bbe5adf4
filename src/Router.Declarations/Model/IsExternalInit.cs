namespace System.Runtime.CompilerServices;

/// <summary>
/// What the compiler asks for in order to compile records; netstandard2.0 does not have it. It is here for each target framework,
/// so that what was compiled against one runs with the other.
/// </summary>
internal static class IsExternalInit;
