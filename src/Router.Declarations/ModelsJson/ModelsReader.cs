using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.LiteLLM;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.ModelsJson;

/// <summary>
/// Reads a models.json: what attributes would say, in JSON, and LiteLLM's configuration. It never throws for what a file
/// says, and what is half-typed leaves the rest as it was.
/// </summary>
internal sealed class ModelsReader
{
    /// <summary>The properties of the file itself.</summary>
    public static readonly string[] TopLevel = ["$schema", "class", "providers", "groups"];

    private readonly List<DeclaredArguments> _groups = [];
    private readonly List<DeclaredArguments> _deployments = [];
    private readonly List<DeclaredArguments> _providers = [];
    private readonly SourceFile _file;
    private readonly ProblemList _list = new();
    private readonly JsonProblems _problems;
    private readonly JsonValues _values;
    private string _className = ModelsFile.DefaultClass;

    private ModelsReader(SourceFile file)
    {
        _file = file;
        _problems = new(file, _list);
        _values = new(_problems);
    }

    public static ModelsFile Read(SourceFile file) => Read(file, JsonTree.Parse(file.Text));

    /// <summary>Reads a file whose text was parsed before.</summary>
    public static ModelsFile Read(SourceFile file, JsonTree tree)
    {
        var reader = new ModelsReader(file);
        bool isForeign = ForeignFile.IsOne(tree);
        if (isForeign) reader._problems.ReportForeign(new(tree.Root.Span.Start, 0));
        else reader.Read(tree);
        return new(reader._className, new(reader._groups, reader._deployments, reader._providers), reader._list.ToImmutable()) { IsForeign = isForeign };
    }

    private void Read(JsonTree tree)
    {
        _problems.ReportSyntax(tree.Errors);
        if (tree.Root is JsonArray list) ReadLiteLLM(litellm => litellm.ReadModelList(list)); // Pasted without its surroundings.
        else if (_problems.AsObject("models.json", tree.Root) is { } root) ReadRoot(root);
    }

    private void ReadRoot(JsonObject root)
    {
        bool isLiteLLM = !root.TryGet("groups", out _) && LiteLLMSettings.TopLevel.Any(part => root.TryGet(part.Name, out _));
        List<JsonProperty> litellm = [];
        foreach (JsonProperty property in root.Effective)
        {
            switch (property.Name)
            {
                case "$schema": break; // For the editor.
                case "class": ReadClass(property.Value); break;
                case "providers": ReadEach(property, ReadProvider); break;
                case "groups": ReadEach(property, ReadGroup); break;
                case var name when isLiteLLM || LiteLLMSettings.TopLevel.Any(part => part.Name == name): litellm.Add(property); break;
                default: ReportUnknown(property, TopLevel.Concat(LiteLLMSettings.TopLevel.Select(part => part.Name))); break;
            }
        }

        if (litellm.Count > 0) ReadLiteLLM(reader => reader.Read(litellm));
    }

    private void ReadLiteLLM(Action<LiteLLMReader> read)
    {
        var reader = new LiteLLMReader(_file, _problems);
        read(reader);
        reader.MoveTo(_groups, _deployments);
    }

    private void ReadClass(JsonNode node)
    {
        if (node is JsonLiteral literal && literal.TryGetString(out string name) && name.Split('.').All(Identifiers.IsIdentifier)) _className = name;
        else if (node.Kind is not JsonKind.Invalid) _problems.ReportInvalid("class", node.Span, "the name of a class, with or without its namespace");
    }

    // The members of an object whose property names are the user's.
    private void ReadEach(JsonProperty owner, Action<JsonProperty> read)
    {
        if (_problems.AsObject(owner.Name, owner.Value) is not { } json) return;
        foreach (JsonProperty property in json.Effective) read(property);
    }

    private void ReadProvider(JsonProperty provider)
    {
        if (_problems.AsObject(provider.Name, provider.Value) is not { } json) return;
        JsonArguments arguments = Named(provider);
        ReadProperties(json, DeclarationKind.Provider, arguments);
        _providers.Add(arguments.ToDeclared());
    }

    private void ReadGroup(JsonProperty group)
    {
        if (_problems.AsObject(group.Name, group.Value) is not { } json) return;
        JsonArguments arguments = Named(group);
        ReadProperties(json, DeclarationKind.Group, arguments, "deployments");
        _groups.Add(arguments.ToDeclared());

        if (!json.TryGet("deployments", out JsonProperty deployments) || _problems.AsArray("deployments", deployments.Value) is not { } list) return;
        for (int i = 0; i < list.Items.Length; i++) ReadDeployment(list.Items[i], i, group);
    }

    // A deployment of which nothing but the model is stated may be the model alone.
    private void ReadDeployment(JsonNode node, int index, JsonProperty group)
    {
        var arguments = new JsonArguments(_file, node.Span);
        arguments.State("Group", group.Name, group.NameSpan);
        if (node is JsonLiteral literal && literal.TryGetString(out string model))
        {
            arguments.State("Model", model, node.Span);
        }
        else
        {
            if (node is not JsonObject json)
            {
                if (node.Kind is not JsonKind.Invalid) _problems.ReportInvalid($"deployments[{index}]", node.Span, "an object, or \"provider/model\"");
                return;
            }

            ReadProperties(json, DeclarationKind.Deployment, arguments);
            if (!json.TryGet("model", out _)) _problems.ReportInvalid("model", json.Span, "stated for each deployment: \"provider/model\"");
        }

        _deployments.Add(arguments.ToDeclared());
    }

    private void ReadProperties(JsonObject json, DeclarationKind kind, JsonArguments arguments, params string[] others)
    {
        foreach (JsonProperty property in json.Effective)
        {
            if (kind.JsonProperties.FirstOrDefault(known => known.JsonName == property.Name) is { } known) _values.State(arguments, known, property.Name, property.Value);
            else if (!others.Contains(property.Name)) ReportUnknown(property, kind.JsonProperties.Select(candidate => candidate.JsonName).Concat(others));
        }
    }

    private void ReportUnknown(JsonProperty property, IEnumerable<string> known)
    {
        if (KeyProperties.StatesKey(property)) _problems.ReportKey(property.Name, property.Value.Span, "apiKeyEnv");
        else _problems.ReportUnknown(property, known);
    }

    private JsonArguments Named(JsonProperty property)
    {
        var arguments = new JsonArguments(_file, property.NameSpan);
        arguments.State("Name", property.Name, property.NameSpan);
        return arguments;
    }
}
