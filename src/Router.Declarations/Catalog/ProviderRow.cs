using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>A provider as it is in one wire format: where it is served, and its models.</summary>
/// <param name="Name">The name before the slash, in code and in replies.</param>
/// <param name="Dialect">The wire format; the usual one, unless <see cref="In"/> gave the row.</param>
/// <param name="Endpoint">The base URL, without a slash at its end; null where each deployment must state its own.</param>
internal sealed record ProviderRow(string Name, Dialect Dialect, string? Endpoint)
{
    private const string Tuned = "ft:";

    private readonly Lazy<ModelRow[]> _models = new(static () => []);

    /// <summary>The wire formats that it speaks besides.</summary>
    public FurtherDialect[] FurtherDialects { get; init; } = [];

    /// <summary>Whether deployments may state any wire format: that of a provider that a user declared is what is usual there.</summary>
    public bool SpeaksAny { get; init; }

    /// <summary>The wire formats that it is known to speak, the usual one first.</summary>
    public IEnumerable<Dialect> Dialects => FurtherDialects.Select(further => further.Dialect).Prepend(Dialect);

    /// <summary>Other names that may stand before the slash.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>The variable that overrides the base URL.</summary>
    public string? EndpointVariable { get; init; }

    /// <summary>What a variable's base URL is completed with where it is that of the server alone; null for nothing.</summary>
    public string? EndpointSuffix { get; init; }

    /// <summary>What OpenTelemetry's conventions call the provider; null where they call it by its name here, or have no name for it.</summary>
    public string? TelemetryName { get; init; }

    /// <summary>The variable with the key; null where there is none by convention. On this machine a provider may do without.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>The variables that may hold the key where <see cref="KeyVariable"/> is not set, in order.</summary>
    public string[] OtherKeyVariables { get; init; } = [];

    /// <summary>How requests are addressed and authorised; null where they go to the dialect's path with a key in its header.</summary>
    public PlatformRow? Platform { get; init; }

    /// <summary>
    /// The parts of <see cref="Endpoint"/> in braces, by name, with the variables that hold them where a deployment does not state them; a value
    /// for when none is set begins with an equals sign.
    /// </summary>
    public Dictionary<string, string[]> EndpointParts { get; init; } = [];

    /// <summary>Whether its servers take no key, wherever they are, unless a deployment names one: so it is stated, or the catalog knows of none.</summary>
    public bool TakesNoKey { get => field || (KeyVariable is null && KeyPrefixes is not null); init; }

    /// <summary>
    /// What the keys start with that the provider issues: a key in the place of a name is told by it. Empty where its keys
    /// start with nothing of their own, or it issues none; null where that is not stated, as of a provider that a user declares.
    /// </summary>
    public string[]? KeyPrefixes { get; init; }

    /// <summary>
    /// Whether it serves more than <see cref="Models"/>, such as a gateway to others' models, a server on the user's own machine
    /// or a provider that a user declared: then a model that is not listed is no mistake.
    /// </summary>
    public bool ServesUnlisted { get; init; }

    /// <summary>The provider whose models it serves too, so that they are stated there; null where that is none.</summary>
    public string? ModelsOf { get; init; }

    /// <summary>What a model costs that is not among <see cref="Models"/>; null where that is not known.</summary>
    public ModelPrices? UnlistedPrices { get; init; }

    /// <summary>What models cost in regions; null where they cost the same in each.</summary>
    public RegionalPrices? Regional { get; init; }

    /// <summary>The header with the key, what precedes the key in it, and the headers of each request.</summary>
    public DialectRow Conventions { get; init; } = DialectRow.Of(Dialect);

    /// <summary>The traits of a model that is not among <see cref="Models"/>; null where the dialect's usual ones hold.</summary>
    public ModelTraits? UnlistedTraits { get; init; }

    /// <summary>The reasoning efforts of a model with <see cref="ModelParameters.Reasoning"/> whose row names none.</summary>
    public EffortSpec UsualEfforts { get; init; } = new(ModelEfforts.Low | ModelEfforts.Medium | ModelEfforts.High);

    /// <summary>What it takes of requests for vectors.</summary>
    public EmbeddingRules Embeddings { get; init; } = EmbeddingRules.Usual;

    /// <summary>The traits of an image model of which nothing else is said: it is asked for what a call states, and refuses what it cannot do.</summary>
    public ModelTraits ImageTraits { get; init; } = ModelTraits.None.With(ModelParameters.ImageEdits | ModelParameters.ImageMask | ModelParameters.ImageCount | ModelParameters.ImageSize);

    /// <summary>What it takes of requests with sound, or for it.</summary>
    public SoundRules Sound { get; init; } = SoundRules.Usual;

    /// <summary>The models of the catalog.</summary>
    public ModelRow[] Models => _models.Value;

    /// <summary>Makes the models, when they are asked for.</summary>
    public Func<ModelRow[]> ModelSource
    {
        init => _models = new(value);
    }

    /// <summary>What models that are not listed take, by the start of their names. The first that a name belongs to holds.</summary>
    public ModelFamily[] Families { get; init; } = [];

    /// <summary>What may precede the name of a model.</summary>
    public InferenceProfiles Profiles { get; init; } = InferenceProfiles.None;

    /// <summary>What goes over the catalog's own knowledge of models.</summary>
    public PriceMap Prices { get; init; } = PriceMap.None;

    /// <summary>The names under which a price map has the provider's models, besides its own and its aliases.</summary>
    public string[] PriceMapNames { get; init; } = [];

    /// <summary>The names of all models that are known, and their aliases.</summary>
    public IEnumerable<string> ModelNames => FurtherDialects.Select(further => further.Row).Prepend(this)
        .SelectMany(row => row.Models).SelectMany(model => model.Aliases.Prepend(model.Name)).Distinct().Concat(Prices.ModelsOf(AllNames));

    /// <summary>Returns whether that is its name, or an alias.</summary>
    public bool IsCalled(string name) => name == Name || Array.IndexOf(Aliases, name) >= 0;

    private string[] AllNames => [Name, .. Aliases, .. PriceMapNames];

    /// <summary>Returns what requests to a model are fitted to: its own rules, else those of its family, else those of any other model.</summary>
    /// <param name="name">The model as the provider knows it.</param>
    /// <param name="row">What <see cref="FindModel"/> found of it.</param>
    public ModelRules RulesOf(string name, ModelRow? row) => row is null ? UnlistedRulesOf(name) : RulesOf(row);

    /// <inheritdoc cref="RulesOf(string, ModelRow?)"/>
    public ModelRules RulesOf(string name) => RulesOf(name, FindModel(name));

    /// <summary>Returns what requests of another kind than chat are fitted to.</summary>
    /// <param name="kind">The kind of call.</param>
    /// <param name="row">What <see cref="FindModel"/> found of the model.</param>
    public ModelTraits TraitsOf(CallKind kind, ModelRow? row) => row is not null && row.Kind == kind ? row.Traits : kind switch
    {
        CallKind.Embeddings => Embeddings.Traits,
        CallKind.Moderation => new(ModelCapabilities.Vision, ModelParameters.None), // OpenAI's takes images, and so does what serves it under another name.
        CallKind.Images => ImageTraits,
        CallKind.Transcription => SoundRules.Heard,
        CallKind.Speech => SoundRules.Spoken,
        _ => ModelTraits.None,
    };

    public ModelRow? FindModel(string name)
    {
        ModelRow? listed = FindListed(name);
        if (Prices.IsEmpty) return listed;
        string[] provider = AllNames;
        IEnumerable<string> names = listed is null ? [name] : [name, listed.Name, .. listed.Aliases];
        PriceRow? stated = names.Select(known => Prices.Find(provider, known)).FirstOrDefault(row => row is not null);
        ModelRow? known = stated?.Over(name, listed, UnlistedRulesOf(name));
        if (known is { Kind: not CallKind.Chat } && listed is null) known = known with { Traits = known.Kind is CallKind.Completion ? UnlistedRulesOf(name).Traits : TraitsOf(known.Kind, null) };
        return known ?? listed ?? TunedFrom(name, FindModel);
    }

    /// <summary>Returns the provider as it is in a wire format; null where it does not speak it.</summary>
    /// <param name="dialect">The wire format; null for the usual one of the model.</param>
    /// <param name="model">The model.</param>
    public ProviderRow? In(Dialect? dialect, string model)
    {
        FurtherDialect? further = Array.Find(FurtherDialects, further => dialect is null ? further.IsUsualFor(model) : further.Dialect == dialect);
        if (further is not null) return further.Row with { Prices = Prices };
        if (dialect is null || dialect == Dialect) return this;
        return SpeaksAny ? this with { Dialect = dialect.Value, Conventions = DialectRow.Of(dialect.Value), UnlistedTraits = null } : null;
    }

    private ModelTraits AnyTraits => UnlistedTraits ?? Conventions.UnlistedTraits;

    private ModelRules RulesOf(ModelRow row) => Rules(row.Traits, row.Efforts, row.OutputLimit);

    private ModelRules Rules(ModelTraits traits, EffortSpec? efforts, int outputLimit) =>
        new(traits.Without(~Conventions.Names), (traits.Parameters & ModelParameters.Reasoning) == 0 ? EffortSpec.Unknown : efforts ?? UsualEfforts, outputLimit);

    // A snapshot with a date is the model that it is a snapshot of.
    private ModelRules UnlistedRulesOf(string name)
    {
        if (name.StartsWith(Tuned, StringComparison.Ordinal)) return RulesOf(BaseOf(name));
        if (Profiles.ModelOf(name, out _) is { } model) return RulesOf(model);
        if (ModelDates.Without(name) is { } undated && FindListed(undated) is { } snapshot) return RulesOf(snapshot);
        ModelFamily? family = Array.Find(Families, family => family.Has(name));
        return family is not null && FindListed(family.Newest) is { } newest ? family.RulesOf(RulesOf(newest), AnyTraits) : Rules(AnyTraits, null, 0);
    }

    private ModelRow? FindListed(string name)
    {
        foreach (ModelRow model in Models)
        {
            if (model.Name == name || Array.IndexOf(model.Aliases, name) >= 0) return model;
        }

        return TunedFrom(name, FindListed) ?? InProfile(name);
    }

    private ModelRow? InProfile(string name) =>
        Profiles.ModelOf(name, out bool isRegional) is not { } model || FindListed(model) is not { } row ? null
        : isRegional && row.RegionalPrices is { } prices ? row with { Prices = prices }
        : row;

    // A fine-tuned model, ft:gpt-4o-2024-08-06:owner::id, is listed by what it was tuned from.
    private static ModelRow? TunedFrom(string name, Func<string, ModelRow?> find)
    {
        int owner = name.StartsWith(Tuned, StringComparison.Ordinal) ? name.IndexOf(':', Tuned.Length) : -1;
        return owner > 0 ? find(name.Substring(0, owner)) : null;
    }

    private static string BaseOf(string tuned)
    {
        string rest = tuned.Substring(Tuned.Length);
        int owner = rest.IndexOf(':');
        return owner < 0 ? rest : rest.Substring(0, owner);
    }
}
