using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog.Files;

/// <summary>
/// Reads a provider's file, as it is for one of the dialects that the provider speaks. What is known of the provider comes first and is read
/// at once; its models, the largest part, come last and are read when they are asked for.
/// </summary>
internal sealed class ProviderFile
{
    private readonly CatalogReader _reader;
    private readonly Dialect? _asked;
    private readonly PriceReader _prices = new();
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);
    private readonly ModelLoan _loan = new();
    private TraitReader? _traits;
    private EmbeddingRules _embeddings = EmbeddingRules.Usual;
    private ModelTraits? _images;
    private bool _ownTraitsHold = true;

    private ProviderFile(CatalogReader reader, Dialect? asked) => (_reader, _asked) = (reader, asked);

    /// <summary>Reads the row of a provider.</summary>
    /// <param name="name">The provider's name, which is that of its file.</param>
    /// <param name="aliases">Its aliases.</param>
    /// <exception cref="InvalidDataException">The file is not as it must be.</exception>
    public static ProviderRow Read(string name, string[] aliases) => Read(() => CatalogReader.Open(name), name, aliases);

    /// <inheritdoc cref="Read(string, string[])"/>
    public static ProviderRow Read(Func<CatalogReader> open, string name, string[] aliases)
    {
        ProviderRow row = new ProviderFile(open(), asked: null).Read(name) with { Aliases = aliases };
        foreach (FurtherDialect further in row.FurtherDialects)
        {
            further.RowSource = () => new ProviderFile(open(), further.Dialect).Read(name) with { Aliases = aliases, FurtherDialects = [] };
        }

        return row;
    }

    private ProviderRow Read(string name)
    {
        ProviderRow row = null!; // The dialect, which comes before all else, makes it.
        bool hasModels = _reader.ReadObjectUpTo("models", property =>
        {
            if (_traits is null && property is not ("provider" or "dialect")) throw _reader.Wrong("the provider and its dialect come first");
            switch (property)
            {
                case "provider": if (_reader.ReadText() != name) throw _reader.Wrong($"the provider's name is that of its file, {name}"); return true;
                case "dialect": row = new(name, ReadDialect(), null); return true;
                case "dialects": row = ReadFurtherDialects(row); return true;
                case "endpoint": row = row with { Endpoint = _reader.ReadText() }; return true;
                case "endpointVariable": row = row with { EndpointVariable = _reader.ReadText() }; return true;
                case "endpointSuffix": row = row with { EndpointSuffix = _reader.ReadText() }; return true;
                case "endpointParts": row = row with { EndpointParts = ReadEndpointParts() }; return true;
                case "telemetryName": row = row with { TelemetryName = _reader.ReadText() }; return true;
                case "platform": row = row with { Platform = ReadPlatform() }; return true;
                case "keyVariable": row = row with { KeyVariable = _reader.ReadText() }; return true;
                case "otherKeyVariables": row = row with { OtherKeyVariables = _reader.ReadTexts() }; return true;
                case "keyPrefixes": row = row with { KeyPrefixes = _reader.ReadTexts() }; return true;
                case "priceMapNames": row = row with { PriceMapNames = _reader.ReadTexts() }; return true;
                case "profiles": row = row with { Profiles = ReadProfiles() }; return true;
                case "servesUnlisted": row = row with { ServesUnlisted = _reader.ReadFlag() }; return true;
                case "unlistedPrices": row = row with { UnlistedPrices = new(PriceReader.ReadPrices(_reader)) }; return true;
                case "sources": ReadSources(); return true;
                case "traits": ReadTraits(); return true;
                case "priceRules": _prices.ReadDefinitions(_reader); return true;
                case "unlistedTraits": row = ReadUnlistedTraits(row); return true;
                case "embeddings": row = row with { Embeddings = _embeddings = ReadEmbeddings(row.Embeddings) }; return true;
                case "images": row = row with { ImageTraits = _images = ReadImages(row.ImageTraits) }; return true;
                case "sound": row = row with { Sound = ReadSound(row.Sound) }; return true;
                case "usualEfforts": row = row with { UsualEfforts = TraitReader.ReadEfforts(_reader) }; return true;
                case "families": row = row with { Families = [.. _reader.ReadList(ReadFamily)] }; return true;
                case "modelsOf" when _ownTraitsHold: _loan.Provider = _reader.ReadText(); return true;
                case "modelChanges" when _ownTraitsHold: _loan.Change = _traits!.ReadChange(_reader); return true;
                case "modelsOf" or "modelChanges": _reader.Skip(); return true;
                default: return false;
            }
        });
        if (!hasModels) return _loan.AddTo(row, static () => []);
        CatalogReader models = _reader.Later();
        return _loan.AddTo(row, () => [.. models.ReadList(() => ReadModel(models)).OfType<ModelRow>()]);
    }

    private Dialect ReadDialect()
    {
        Dialect own = DialectNamed(_reader.ReadText());
        Dialect dialect = _asked ?? own;
        _traits = new TraitReader(DialectRow.Of(dialect));
        _ownTraitsHold = DialectRow.Of(dialect).SharesQuirksWith(DialectRow.Of(own));
        return dialect;
    }

    private Dialect DialectNamed(string name) => Enum.TryParse(name, out Dialect dialect) ? dialect : throw _reader.Wrong($"'{name}' is no dialect");

    private void ReadTraits()
    {
        if (_ownTraitsHold) _traits!.ReadDefinitions(_reader);
        else _traits!.SkipDefinitions(_reader);
    }

    private ProviderRow ReadUnlistedTraits(ProviderRow row)
    {
        if (_ownTraitsHold) return row with { UnlistedTraits = _traits!.Read(_reader) };
        _reader.Skip();
        return row;
    }

    // The part of the dialect that is asked for goes over what the file says above; of the others, only the names are of interest.
    private ProviderRow ReadFurtherDialects(ProviderRow row)
    {
        List<FurtherDialect> further = [];
        _reader.ReadObject(name =>
        {
            Dialect dialect = DialectNamed(name);
            bool isAsked = dialect == _asked;
            string[] models = [];
            _reader.ReadObject(property =>
            {
                switch (property)
                {
                    case "models": models = _reader.ReadTexts(); return true;
                    case "endpoint" when isAsked: row = row with { Endpoint = _reader.ReadText() }; return true;
                    case "endpointSuffix" when isAsked: row = row with { EndpointSuffix = _reader.ReadText() }; return true;
                    case "traits" when isAsked: _traits!.ReadDefinitions(_reader); return true;
                    case "traits": _traits!.SkipDefinitions(_reader); return true;
                    case "unlistedTraits" when isAsked: row = row with { UnlistedTraits = _traits!.Read(_reader) }; return true;
                    case "modelsOf" when isAsked: _loan.Provider = _reader.ReadText(); return true;
                    case "modelChanges" when isAsked: _loan.Change = _traits!.ReadChange(_reader); return true;
                    case "snapshotMark" when isAsked: _loan.SnapshotMark = _reader.ReadText(); return true;
                    case "regionalPrices" when isAsked: row = row with { Regional = ReadRegionalPrices() }; return true;
                    case "endpoint" or "endpointSuffix" or "unlistedTraits" or "modelsOf" or "modelChanges" or "snapshotMark" or "regionalPrices": _reader.Skip(); return true;
                    default: return false;
                }
            });
            further.Add(new(dialect, models));
            return true;
        });
        return row with { FurtherDialects = [.. further] };
    }

    private RegionalPrices ReadRegionalPrices()
    {
        string elsewhere = "";
        decimal times = 1;
        string[] except = [];
        _reader.ReadObject(property =>
        {
            switch (property)
            {
                case "elsewhere": elsewhere = _reader.ReadText(); return true;
                case "times": times = _reader.ReadNumber(); return true;
                case "except": except = _reader.ReadTexts(); return true;
                default: return false;
            }
        });
        return new(elsewhere, times, except);
    }

    private PlatformRow ReadPlatform() =>
        _reader.ReadText() is var name && PlatformRow.Find(name) is { } row ? row : throw _reader.Wrong($"'{name}' is no platform");

    private Dictionary<string, string[]> ReadEndpointParts()
    {
        Dictionary<string, string[]> parts = [];
        _reader.ReadObject(part =>
        {
            parts.Add(part, _reader.ReadTexts());
            return true;
        });
        return parts;
    }

    private InferenceProfiles ReadProfiles()
    {
        InferenceProfiles profiles = InferenceProfiles.None;
        _reader.ReadObject(property =>
        {
            switch (property)
            {
                case "regional": profiles = profiles with { Regional = _reader.ReadTexts() }; return true;
                case "global": profiles = profiles with { Global = _reader.ReadTexts() }; return true;
                default: return false;
            }
        });
        return profiles;
    }

    private void ReadSources() => _reader.ReadObject(name =>
    {
        _sources.Add(name, _reader.ReadText());
        return true;
    });

    private ModelFamily ReadFamily()
    {
        string names = "", newest = "";
        ModelEfforts? withTools = null;
        _reader.ReadObject(property =>
        {
            switch (property)
            {
                case "names": names = _reader.ReadText(); return true;
                case "newest": newest = _reader.ReadText(); return true;
                case "effortsWithTools": withTools = TraitReader.ReadEffortFlags(_reader); return true;
                default: return false;
            }
        });
        return new(names, newest) { EffortsWithTools = withTools };
    }

    // Null where the model is not served in this dialect.
    private ModelRow? ReadModel(CatalogReader reader)
    {
        var row = new ModelRow("", ModelTraits.None);
        ModelTraits? traits = ModelTraits.None;
        bool hasTraits = false;
        TokenPrices? prices = null;
        decimal regional = 1m;
        List<PriceRule> rules = [];
        reader.ReadObject(property =>
        {
            switch (property)
            {
                case "model": row = row with { Name = reader.ReadText() }; return true;
                case "kind": row = row with { Kind = ReadKind(reader) }; return true;
                case "traits": (traits, hasTraits) = (_traits!.Read(reader), true); return true;
                case "window": row = row with { ContextWindow = reader.ReadCount() }; return true;
                case "input": row = row with { InputLimit = reader.ReadCount() }; return true;
                case "output": row = row with { OutputLimit = reader.ReadCount() }; return true;
                case "space": row = row with { Space = reader.ReadText() }; return true;
                case "batchTexts": row = row with { BatchTexts = reader.ReadCount() }; return true;
                case "dimensions": row = row with { Dimensions = reader.ReadCount() }; return true;
                case "characters": row = row with { Characters = reader.ReadCount() }; return true;
                case "voice": row = row with { Voice = reader.ReadText() }; return true;
                case "prices": prices = PriceReader.ReadPrices(reader); return true;
                case "regional": regional = reader.ReadNumber(); return true;
                case "rules": rules = _prices.ReadRules(reader); return true;
                case "efforts": row = row with { Efforts = TraitReader.ReadEfforts(reader) }; return true;
                case "aliases": row = row with { Aliases = reader.ReadTexts() }; return true;
                case "retires": row = row with { Retires = reader.ReadText() }; return true;
                case "successor": row = row with { Successor = reader.ReadText() }; return true;
                case "source": row = row with { Source = SourceOf(reader) }; return true;
                case "checked": row = row with { Checked = reader.ReadText() }; return true;
                default: return false;
            }
        });
        if (traits is null) return null;
        row = row with { Traits = hasTraits ? traits : row.Kind is CallKind.Embeddings ? _embeddings.Traits : row.Kind is CallKind.Images ? _images ?? traits : traits };
        if (prices is null) return row;
        return row with { Prices = PriceRule.Apply(prices, rules), RegionalPrices = regional == 1m ? null : PriceRule.Apply(PriceRule.Times(prices, regional), rules) };
    }

    private EmbeddingRules ReadEmbeddings(EmbeddingRules rules)
    {
        _reader.ReadObject(property =>
        {
            switch (property)
            {
                case "texts": rules = rules with { Texts = _reader.ReadCount() }; return true;
                case "tokens": rules = rules with { Tokens = _reader.ReadCount() }; return true;
                case "traits" when _ownTraitsHold: rules = rules with { Traits = _traits!.Read(_reader) ?? rules.Traits }; return true;
                case "traits": _reader.Skip(); return true;
                default: return false;
            }
        });
        return rules;
    }

    // The traits of image models of which nothing else is said.
    private ModelTraits ReadImages(ModelTraits usual)
    {
        if (_ownTraitsHold) return _traits!.Read(_reader) ?? usual;
        _reader.Skip();
        return usual;
    }

    private SoundRules ReadSound(SoundRules rules)
    {
        _reader.ReadObject(property =>
        {
            switch (property)
            {
                case "fileMegabytes": rules = rules with { FileMegabytes = _reader.ReadCount() }; return true;
                case "characters": rules = rules with { Characters = _reader.ReadCount() }; return true;
                default: return false;
            }
        });
        return rules;
    }

    private static CallKind ReadKind(CatalogReader reader) =>
        reader.ReadText() is var name && Enum.TryParse(name, ignoreCase: true, out CallKind kind) ? kind : throw reader.Wrong($"'{name}' is no kind of call");

    private string SourceOf(CatalogReader reader) =>
        reader.ReadText() is var name && _sources.TryGetValue(name, out string? source) ? source : throw reader.Wrong($"there is no source '{name}' above");
}
