using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>A tool that a client declares: it runs at the client's.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does; empty where that is not said.</param>
/// <param name="schema">The schema of its arguments.</param>
/// <param name="strict">Whether arguments must fit the schema; null where that is not said.</param>
/// <param name="cachePoint">What is said of caching; the default for nothing.</param>
internal class DeclaredTool(string name, string description, JsonElement schema, bool? strict, JsonElement cachePoint = default) : AIFunctionDeclaration
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("""{"type":"object","properties":{}}""");

    private readonly Dictionary<string, object?> _properties = PropertiesOf(strict, cachePoint);

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema.ValueKind is JsonValueKind.Object ? schema : NoArguments;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => _properties;

    private static Dictionary<string, object?> PropertiesOf(bool? strict, JsonElement cachePoint)
    {
        Dictionary<string, object?> properties = [];
        if (strict is not null) properties["strict"] = strict;
        if (cachePoint.ValueKind is JsonValueKind.Object) properties["cache_control"] = cachePoint;
        return properties;
    }
}
