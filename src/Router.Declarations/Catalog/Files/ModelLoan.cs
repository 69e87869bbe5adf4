using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog.Files;

/// <summary>
/// What a provider's file takes over of another's, whose models it serves too: windows, prices, efforts, families, and traits in the wire format
/// that both speak. Retirement dates are not taken over, since each provider has its own.
/// </summary>
internal sealed class ModelLoan
{
    private const int DateLength = 8;

    /// <summary>The other provider; null for none.</summary>
    public string? Provider { private get; set; }

    /// <summary>What differs of traits; null for nothing.</summary>
    public Func<ModelTraits, ModelTraits>? Change { private get; set; }

    /// <summary>What stands before the date in the names of snapshots, and before <c>default</c> where there is none; null where names are the same.</summary>
    public string? SnapshotMark { private get; set; }

    /// <summary>Returns a row with its own models and those that are taken over. Where both have one, the row's own holds.</summary>
    /// <param name="row">The row.</param>
    /// <param name="own">Reads its own models.</param>
    public ProviderRow AddTo(ProviderRow row, Func<ModelRow[]> own)
    {
        if (Provider is null || ProviderFile.Read(Provider, []).In(row.Dialect, "") is not { } other) return row with { ModelSource = own };
        return row with
        {
            ModelsOf = Provider,
            UsualEfforts = other.UsualEfforts,
            Families = [.. row.Families, .. other.Families],
            UnlistedTraits = row.UnlistedTraits ?? Changed(other.UnlistedTraits ?? other.Conventions.UnlistedTraits),
            ModelSource = () => Joined(own(), other),
        };
    }

    private ModelRow[] Joined(ModelRow[] own, ProviderRow other)
    {
        HashSet<string> taken = [.. own.SelectMany(model => model.Aliases.Prepend(model.Name))];
        return [.. own, .. other.Models.Where(model => !taken.Contains(model.Name)).Select(model => Lent(model, other))];
    }

    private ModelRow Lent(ModelRow model, ProviderRow other) => model with
    {
        Traits = Changed(model.Traits),
        Efforts = model.Efforts ?? other.UsualEfforts,
        Aliases = SnapshotMark is null ? model.Aliases : [.. model.Aliases, .. model.Aliases.Prepend(model.Name).Select(Marked)],
        Retires = null,
        Successor = null,
    };

    private ModelTraits Changed(ModelTraits traits) => Change?.Invoke(traits) ?? traits;

    // claude-haiku-4-5-20251001 is claude-haiku-4-5@20251001, and claude-opus-5 is claude-opus-5@default.
    private string Marked(string name)
    {
        int start = name.Length - DateLength;
        return start > 0 && name[start - 1] == '-' && name.Skip(start).All(static c => c is >= '0' and <= '9') ? name.Substring(0, start - 1) + SnapshotMark + name.Substring(start) : name + SnapshotMark + "default";
    }
}
