namespace RouterGen.Declarations.Sources;

/// <summary>Where something is declared: a place in a file, or whatever another source of declarations has for a place.</summary>
internal abstract record Place
{
    /// <summary>The place of what is in no text.</summary>
    public static readonly Place None = new Nowhere();

    /// <summary>Gets the path of the file; empty where there is none.</summary>
    public abstract string Path { get; }

    private sealed record Nowhere : Place
    {
        public override string Path => "";
    }
}
