namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for in order to compile records; netstandard2.0 does not have it.</summary>
internal static class IsExternalInit;
