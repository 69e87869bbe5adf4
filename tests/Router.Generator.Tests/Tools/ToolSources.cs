using System.Reflection;
using Microsoft.Extensions.AI;

namespace RouterGen.Generator.Tests.Tools;

/// <summary>Compiles tools, loads what was emitted, and calls it.</summary>
internal static class ToolSources
{
    /// <summary>A static class with these members, beside other types.</summary>
    public static string Class(string members, string types = "") => Classes(types, members);

    /// <summary>Static classes C0, C1, C2 …, one with each of these members, beside other types.</summary>
    public static string Classes(string types, params string[] members) => $$"""
        using System;
        using System.Collections.Generic;
        using System.ComponentModel;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        using RouterGen;
        namespace Shop;
        {{types}}
        {{string.Join("\n", members.Select((member, i) => $"public static partial class C{i}\n{{\n{member}\n}}"))}}
        """;

    /// <summary>The one tool of a static class with these members.</summary>
    public static AIFunction Tool(string members, string types = "") => Assert.Single(All(members, types));

    /// <summary>The tools of a static class with these members.</summary>
    public static IReadOnlyList<AIFunction> All(string members, string types = "") => Of(Verifier.Verify(Class(members, types)).Load(), "C0");

    /// <summary>The tools that were emitted for a static class.</summary>
    public static IReadOnlyList<AIFunction> Of(Assembly assembly, string type) => (IReadOnlyList<AIFunction>)assembly.GetType($"Shop.{type}")!.GetProperty("Tools")!.GetValue(null)!;

    /// <summary>Calls a tool with the arguments that a model wrote.</summary>
    public static async Task<object?> CallAsync(this AIFunction tool, string json, IServiceProvider? services = null, CancellationToken cancellationToken = default)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var arguments = new AIFunctionArguments { Services = services };
        foreach (System.Text.Json.JsonProperty argument in document.RootElement.EnumerateObject()) arguments[argument.Name] = argument.Value.Clone();
        return await tool.InvokeAsync(arguments, cancellationToken);
    }
}

/// <summary>Tools that are compiled together, each the only one of its class.</summary>
internal sealed class ToolSet
{
    private readonly string[] _members;
    private readonly Lazy<Assembly> _assembly;

    /// <param name="types">The types that they take and return.</param>
    /// <param name="members">The members of their classes.</param>
    public ToolSet(string types, IEnumerable<string> members)
    {
        _members = [.. members.Distinct()];
        _assembly = new(() => Verifier.Verify(ToolSources.Classes(types, _members)).Load());
    }

    /// <summary>The tool with these members.</summary>
    public AIFunction this[string members] => Assert.Single(ToolSources.Of(_assembly.Value, $"C{Array.IndexOf(_members, members)}"));
}
