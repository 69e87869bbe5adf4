using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Checks;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.LiteLLM;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads the deployments of one group. One that cannot be generated is left out, for a reason that is reported.</summary>
internal sealed class DeploymentParser(ProviderTable providers, ModelChecks modelChecks, ClassFacts facts, ProblemList problems)
{
    private readonly SupportParser _support = new(problems);
    private readonly HeaderParser _headers = new(problems);
    private readonly ConnectionParser _connections = new(facts.Packages, problems);
    private readonly ClientParser _clients = new(facts.UserTypes, facts.Packages, problems);

    /// <param name="group">The group.</param>
    /// <param name="reservedNames">The names that properties of the group's class must not have.</param>
    public List<DeploymentSpec> Parse(GroupDraft group, IEnumerable<string> reservedNames)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var members = new HashSet<string>(reservedNames, StringComparer.Ordinal) { group.TypeName };
        var sound = new HashSet<(string Provider, string Model, Dialect Dialect, ServiceTier? Tier, ConnectionSpec Connection)>();
        List<DeploymentSpec> deployments = [];
        int notThere = 0;
        foreach (DeclaredArguments declared in group.Declared)
        {
            var reader = new SettingReader(declared, problems);
            DeploymentSettings settings = ParseSettings(declared, reader);
            if (ParseModel(declared, ref notThere) is not var (named, model)) continue;
            string known = ParseBaseModel(declared, named) ?? model;
            if (ParseDialect(declared, named, known) is not { } provider) continue;
            int before = problems.Count;
            ClientSpec? client = _clients.Parse(declared);
            List<HeaderSpec> headers = client is null ? _headers.Parse(declared, provider.Conventions) : [];
            ConnectionSpec? connection = client is null ? _connections.Parse(declared, provider, provider.Name + "/" + model, headers) : _clients.KeyOf(declared, provider);
            settings = settings
                .With(DeploymentProperties.Headers, headers.Count == 0 ? null : headers.Select(header => (string?)header.Name).ToEquatableArray())
                .With(DeploymentProperties.Client, client?.Factory is { } factory ? UserType.Show(factory) : null);
            bool isSound = problems.Count == before;
            ModelRow? row = provider.FindModel(known);
            ModelRules rules = provider.RulesOf(known, row);
            if (UnservedKind(declared, provider, group.Kind, client) is { } unserved)
            {
                problems.Add(ProblemKinds.UnservedKind, declared.PlaceOf("Model"), provider.Name + "/" + model, CallKindRow.Of(group.Kind).Name, unserved);
                continue;
            }

            if (isSound) modelChecks.CheckModel(declared, provider, known, row);
            int? sent = reader.Integer(DeploymentProperties.MaxOutputTokens);
            ModelLimits modelLimits = ParseModelLimits(reader, row);
            bool isChat = group.Kind is CallKind.Chat;
            ModelTraits usual = group.Kind is CallKind.Chat or CallKind.Completion ? rules.Traits : provider.TraitsOf(group.Kind, row);
            ModelTraits traits = usual with { Capabilities = _support.Parse(declared, client is null ? provider.Dialect : null, group.Kind, usual.Capabilities) };
            ModelPrices? prices = ParsePrices(reader, provider, row, known, settings.Region);
            string? statedName = SharedProperties.Name(declared, "Name", problems);
            if (connection is null) continue;

            if (problems.Count == before) modelChecks.CheckPrice(group, declared, provider, connection, prices);

            // One with a wrong endpoint or key is not meant to be what it is taken for here.
            if (isSound && client is null && !sound.Add((provider.Name, model, provider.Dialect, settings.Tier, connection)))
            {
                problems.Add(ProblemKinds.DuplicateDeployment, declared.PlaceOf("Model"), group.Name, provider.Name + "/" + model);
            }

            string name = ClaimName(statedName ?? provider.Name + "/" + model, names);
            deployments.Add(new(
                name, ClaimMember(name, members), provider.Name, model, connection, settings, provider.Dialect, client is null ? traits : traits with { Quirks = 0 }, isChat ? rules.Efforts : EffortSpec.Unknown,
                !isChat ? 0 : sent ?? (client is null ? provider.Conventions.DefaultMaxOutputTokensFor(modelLimits.OutputLimit ?? rules.OutputLimit) : 0), modelLimits, prices)
            {
                CatalogModel = known,
                TelemetryProvider = provider.TelemetryName,
                Kind = group.Kind,
                Embedding = ParseEmbedding(reader, group.Kind, provider, row),
                Sound = ParseSound(reader, group.Kind, provider, row),
                Client = client,
            });
        }

        if (notThere > 0 && notThere == group.Declared.Count)
        {
            problems.Add(ProblemKinds.GroupWithoutDeployments, group.Settings.PlaceOf("Name"), group.Name, "no provider of those that it has is there yet; remove it, or add one of another provider");
        }

        return deployments;
    }

    // The provider as it is in the wire format that is stated, or usual for the model.
    private ProviderRow? ParseDialect(DeclaredArguments declared, ProviderRow provider, string model)
    {
        Dialect? stated = declared.Integer("Dialect") is { } number && Enum.IsDefined(typeof(Dialect), number) ? (Dialect)number : null;
        if (stated is null && declared.Has("Dialect")) return null; // Half-typed; the compiler says so, or nothing defines the number.
        ProviderRow? row = provider.In(stated, model);
        if (row is null) problems.Add(ProblemKinds.UnspokenDialect, declared.PlaceOf("Dialect"), declared.Text("Model") ?? "", stated!, provider.Name, string.Join(" or ", provider.Dialects));
        return row;
    }

    // With or without the provider before it, as LiteLLM has it.
    private string? ParseBaseModel(DeclaredArguments declared, ProviderRow provider)
    {
        if (SharedProperties.Name(declared, "BaseModel", problems) is not { } stated) return null;
        int slash = stated.IndexOf('/');
        return slash > 0 && IsOf(stated.Substring(0, slash)) ? stated.Substring(slash + 1) : stated;

        bool IsOf(string name) => provider.IsCalled(name) || provider.ModelsOf == name || provider.FurtherDialects.Any(further => further.Row.ModelsOf == name);
    }

    private DeploymentSettings ParseSettings(DeclaredArguments declared, SettingReader reader)
    {
        EquatableArray<string> tags = ParseTags(declared);
        SettingValues numbers = reader.ReadAll(DeploymentProperties.All);
        return new(numbers
            .With(DeploymentProperties.Period, numbers[DeploymentProperties.Budget] is null ? null : numbers[DeploymentProperties.Period])
            .With(DeploymentProperties.Tier, reader.Read(DeploymentProperties.Tier))
            .With(DeploymentProperties.SharedLimits, SharedProperties.Name(declared, "LimitGroup", problems))
            .With(DeploymentProperties.Region, SharedProperties.Name(declared, "Region", problems))
            .With(DeploymentProperties.Tags, tags.Count == 0 ? null : tags));
    }

    // Why a deployment cannot be asked for a kind of call; null where it can.
    private static string? UnservedKind(DeclaredArguments declared, ProviderRow provider, CallKind kind, ClientSpec? client)
    {
        if (kind is CallKind.Chat) return null;
        if (client is not null) return $"what {declared.NameOf("Client")} makes is for chat";
        if (provider.Platform is { } platform && !platform.Serves(kind, provider.Dialect)) return $"at {provider.Name} there is none yet; use another provider of the model";
        return provider.Conventions.For(kind) is null ? $"the wire format {provider.Dialect} has none" : null;
    }

    private static EmbeddingSpec? ParseEmbedding(SettingReader reader, CallKind kind, ProviderRow provider, ModelRow? row)
    {
        if (kind is CallKind.Rerank) return new(0, reader.Integer(DeploymentProperties.MaxBatchTexts) ?? row?.BatchTexts ?? 0, 0);
        if (kind is not CallKind.Embeddings) return null;
        int texts = row?.BatchTexts is > 0 and var own ? own : provider.Embeddings.Texts;
        return new(row?.Dimensions ?? 0, reader.Integer(DeploymentProperties.MaxBatchTexts) ?? texts, provider.Embeddings.Tokens);
    }

    private static SoundSpec? ParseSound(SettingReader reader, CallKind kind, ProviderRow provider, ModelRow? row)
    {
        if (kind is not (CallKind.Transcription or CallKind.Speech)) return null;
        bool isHeard = kind is CallKind.Transcription;
        int megabytes = !isHeard ? 0 : reader.Integer(DeploymentProperties.MaxFileMegabytes) ?? provider.Sound.FileMegabytes;
        int characters = isHeard ? 0 : row?.Characters is > 0 and var own ? own : provider.Sound.Characters;
        return new(megabytes * 1024L * 1024L, characters, row?.Voice);
    }

    // The catalog's input limit belongs to the catalog's window.
    private static ModelLimits ParseModelLimits(SettingReader reader, ModelRow? row)
    {
        ModelLimits known = row?.Limits ?? default;
        int? window = reader.Integer(DeploymentProperties.ContextWindow);
        int? input = reader.Integer(DeploymentProperties.InputLimit) ?? (window is null ? known.InputLimit : null);
        int? output = reader.Integer(DeploymentProperties.OutputLimit) ?? known.OutputLimit;
        return new(window ?? known.ContextWindow, input, output);
    }

    private EquatableArray<string> ParseTags(DeclaredArguments declared)
    {
        List<string> tags = [];
        IReadOnlyList<string?> stated = declared.Texts("Tags");
        for (int i = 0; i < stated.Count; i++)
        {
            if (stated[i] is not { Length: > 0 } tag) continue;
            if (Secrets.IsKey(tag)) problems.Add(ProblemKinds.KeyInSource, declared.PlaceOf("Tags", i), "A tag", SharedProperties.Remedy(declared));
            else if (!tags.Contains(tag, StringComparer.OrdinalIgnoreCase)) tags.Add(tag);
        }

        return tags.ToEquatableArray();
    }

    private (ProviderRow Provider, string Model)? ParseModel(DeclaredArguments declared, ref int notThere)
    {
        if (!declared.Has("Model")) return null; // Half-typed; the compiler says so.
        string text = declared.Text("Model") ?? "";
        if (Secrets.IsKey(text))
        {
            problems.Add(ProblemKinds.KeyInSource, declared.PlaceOf("Model"), "The model", SharedProperties.Remedy(declared));
            return null;
        }

        bool isLiteLLM = declared.IsTrue(FileProperties.IsLiteLLM);
        int slash = text.IndexOf('/');
        string name = slash < 0 ? "" : text.Substring(0, slash);
        string model = text.Substring(slash + 1);
        if (name.Length > 0 && model.Length > 0 && (providers.Find(name) ?? (ClientParser.HasClient(declared) ? ClientParser.ProviderOf(name) : null)) is { } provider) return (provider, model);

        if (isLiteLLM && name.Length > 0 && model.Length > 0 && (LiteLLMProvider.IsElsewhere(name) || providers.Nearest(name) is null))
        {
            problems.Add(ProblemKinds.ProviderNotThere, declared.PlaceOf("Model"), text, name);
            notThere++;
            return null;
        }

        // Without a slash, the text is a model whose provider is missing, or a provider whose model is.
        string? replacement = slash < 0
            ? providers.ProviderOf(model) is { } owner ? owner + "/" + model : null
            : providers.Find(name) is null && providers.Nearest(name) is { } near ? near + "/" + model : null;
        string fault = name.Length > 0 && model.Length == 0 ? "no model"
            : name.Length == 0 ? "no provider"
            : $"the unknown provider '{name}'";
        string advice = replacement is not null ? Spelling.DidYouMean(replacement)
            : name.Length > 0 && model.Length > 0 && declared.IsInFile ? ", and is left out: declare the provider under \"providers\", where it speaks a wire format that is there, or remove the deployment"
            : name.Length > 0 && model.Length > 0 ? $": declare it with [Provider(\"{name}\", Dialect.OpenAIChat, Endpoint = \"https://…\")]"
            : ": write \"provider/model\"";
        problems.AddFixable(ProblemKinds.UnknownProvider, declared.PlaceOf("Model"), DiagnosticProperties.Replacement, replacement, text, fault, advice);
        return null;
    }

    private static ModelPrices? ParsePrices(SettingReader reader, ProviderRow provider, ModelRow? row, string model, string? region)
    {
        ModelPrices? known = row?.Prices ?? provider.UnlistedPrices;
        return new PriceOverride(
            reader.Price(DeploymentProperties.InputPrice),
            reader.Price(DeploymentProperties.OutputPrice),
            reader.Price(DeploymentProperties.CacheReadPrice),
            reader.Price(DeploymentProperties.CacheWritePrice)).Over(provider.Regional is { } regional ? regional.In(region, model, known) : known);
    }

    // Remembers the last number of each name, so that a name that repeats often costs no more each time.
    private static string ClaimName(string name, Dictionary<string, int> taken)
    {
        string free = name;
        if (taken.TryGetValue(name, out int number))
        {
            do free = $"{name} #{++number}";
            while (taken.ContainsKey(free));
            taken[name] = number;
        }

        taken.Add(free, 1);
        return free;
    }

    // The struct with the deployment's constants takes the same name with a suffix, so both must be free.
    private static string ClaimMember(string name, HashSet<string> taken)
    {
        string member = Identifiers.Pascal(name, "Deployment");
        while (!taken.Add(member)) member += "_";
        return member;
    }
}
