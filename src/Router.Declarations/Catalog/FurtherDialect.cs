using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>A wire format that a provider speaks besides its usual one.</summary>
/// <param name="dialect">The wire format.</param>
/// <param name="models">What the names of models start with that are asked in it unless a deployment states another; empty where it has to be stated.</param>
internal sealed class FurtherDialect(Dialect dialect, string[] models)
{
    private ProviderRow? _row;

    public Dialect Dialect { get; } = dialect;

    /// <summary>The provider as it is in this wire format: with its endpoint and the models that are served in it.</summary>
    public ProviderRow Row => _row ??= RowSource();

    /// <summary>Makes the row, when it is asked for.</summary>
    public Func<ProviderRow> RowSource { private get; set; } = static () => throw new InvalidOperationException("The provider's file has not been read.");

    /// <summary>Returns whether a model is asked in it unless a deployment states another.</summary>
    public bool IsUsualFor(string model) => Array.Exists(models, start => model.StartsWith(start, StringComparison.Ordinal));
}
