namespace RouterGen.Declarations.Model;

/// <summary>The reasoning efforts that a model takes.</summary>
/// <param name="Taken">Those that it takes.</param>
/// <param name="WithTools">Those that it takes in a request with tools; null where they are <paramref name="Taken"/>.</param>
internal sealed record EffortSpec(ModelEfforts Taken, ModelEfforts? WithTools = null)
{
    public static readonly EffortSpec Unknown = new(ModelEfforts.NotTaken);
}
