using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>A tool that a client declares: it runs at the client's.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does; empty where that is not said.</param>
/// <param name="schema">The schema of its arguments.</param>
/// <param name="strict">Whether arguments must fit the schema; null where that is not said.</param>
internal sealed class DeclaredTool(string name, string description, JsonElement schema, bool? strict) : AIFunctionDeclaration
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("""{"type":"object","properties":{}}""");

    private readonly Dictionary<string, object?> _properties = strict is null ? [] : new() { ["strict"] = strict };

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema.ValueKind is JsonValueKind.Object ? schema : NoArguments;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => _properties;
}
