using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.PriceMaps;

/// <summary>A model of a price map while it is read.</summary>
internal sealed class PriceRowDraft
{
    private ModelTraits _granted;
    private ModelTraits _denied;

    public string? Provider { get; set; }

    public string? Mode { get; set; }

    public decimal? Input { get; set; }

    public decimal? Output { get; set; }

    public decimal? CacheRead { get; set; }

    public decimal? CacheWrite { get; set; }

    public int MaxInputTokens { get; set; }

    public int MaxOutputTokens { get; set; }

    /// <summary>An old property: the output limit, or where that is not known, the context window.</summary>
    public int MaxTokens { get; set; }

    public string? Retires { get; set; }

    /// <summary>Notes whether the model has a capability; null where that is not said.</summary>
    public void State(ModelTraits capability, bool? isThere)
    {
        if (isThere is true) _granted |= capability;
        if (isThere is false) _denied |= capability;
    }

    /// <summary>The row; null where it is of no model that a group can have.</summary>
    public PriceRow? ToRow()
    {
        if (Provider is null || Mode is not (null or "chat" or "responses" or "embedding")) return null;
        return new(Provider, Mode is "embedding" ? ModelMode.Embedding : ModelMode.Chat)
        {
            Input = Input,
            Output = Output,
            CacheRead = CacheRead,
            CacheWrite = CacheWrite,
            ContextWindow = MaxInputTokens > 0 ? MaxInputTokens : MaxOutputTokens == 0 ? MaxTokens : 0,
            MaxOutputTokens = MaxOutputTokens,
            Granted = _granted,
            Denied = _denied.HasFlag(ModelTraits.Tools) ? _denied | ModelTraits.ParallelToolCalls : _denied,
            Retires = Retires,
        };
    }
}
