namespace RouterGen.Declarations.Model;

/// <summary>What a model takes, and how requests to it are written.</summary>
/// <param name="Capabilities">What a request may demand of it.</param>
/// <param name="Parameters">The parameters of a request that it takes.</param>
/// <param name="Quirks">How the dialect differs for it: flags of the dialect's own enum.</param>
internal sealed record ModelTraits(ModelCapabilities Capabilities, ModelParameters Parameters, int Quirks = 0)
{
    public static readonly ModelTraits None = new(ModelCapabilities.None, ModelParameters.None);

    public ModelTraits With(ModelCapabilities more) => this with { Capabilities = Capabilities | more };

    public ModelTraits With(ModelParameters more) => this with { Parameters = Parameters | more };

    /// <summary>Returns the same with further quirks.</summary>
    /// <param name="more">Flags of the dialect's own enum.</param>
    public ModelTraits WithQuirks(Enum more) => this with { Quirks = Quirks | Convert.ToInt32(more, System.Globalization.CultureInfo.InvariantCulture) };

    public ModelTraits Without(ModelCapabilities fewer) => this with { Capabilities = Capabilities & ~fewer };

    public ModelTraits Without(ModelParameters fewer) => this with { Parameters = Parameters & ~fewer };
}
