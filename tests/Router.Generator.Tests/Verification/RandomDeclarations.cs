using FsCheck;
using FsCheck.Fluent;
using RouterGen.Declarations.Arguments;

namespace RouterGen.Generator.Tests;

/// <summary>Random declarations, sensible and not: as attributes, and as models.json.</summary>
internal static class RandomDeclarations
{
    // The first ones often, so that some meet.
    private static readonly string[] Names =
        ["a", "a", "a", "a", "a", "a", "a", "a", "b", "b", "b", "b", "b", "A", "a-b", "a_b", "", "describe", "Models", "configure", "end", "class", "\\u00e9", "\\ud83d\\ude00", "\\ud800", "\\\"]; x", "{0}", "\\n", "\\0", "3d", new string('x', 300)];

    private static readonly string[] Models =
    [
        "openai/gpt-4o", "openai/o3", "anthropic/claude-haiku-4-5", "openai/text-embedding-3-small", "mistral/mistral-embed", "ollama/llama3.1", "p/m", "huggingface/org/m",
        "antropic/x", "openai/gpt-4-0613", "openai/", "/", "", "gpt-4o", "openai", "sk-proj-0123456789abcdef0123", "openai/\\u0000\\ud800\\\"", "ft:gpt-4o-2024-08-06:a::b", "openai/ft:gpt-4o-2024-08-06:a::b",
    ];

    private static readonly string[] Urls =
        ["https://example.com/v1", "http://localhost:8000", "http://example.com", "https://", "https://[", "https://u:p@h/?q#f", "file:///x", "x", "https://\\u00e9.example", "https://" + new string('a', 300)];

    private static readonly string[] Numbers =
        ["0", "1", "-1", "0.5", "3", "100", "20000", "2147483647", "-2147483648", "1e308", "-1e308", "1e-320", "79228162514264337593543950335.0"];

    private static readonly string[] OnlyInCode =
        ["null", "default", "double.NaN", "double.PositiveInfinity", "int.MinValue", "typeof(int)", "'c'", "(RouterGen.Dialect)99", "RouterGen.Dialect.AnthropicMessages", "nameof(Nothing)", "Missing", "new[] { 1 }", "1 +", "\"", "[", "\"a\" + null", "true"];

    private static readonly string[] OnlyInJson = ["null", "true", "{}", "[]", "[null]", "[[]]", "{\"model\": 1}", "nope", "\"", "9999999999999999999999", "\"openAIChat\"", "-"];

    private static readonly string[] Snippets =
        ["", "[", "]", "(", ")", "{", "}", "\"", ",", ":", "=", "//", "/*", "\0", "\uD800", "null", "[ModelGroup(\"a\")]", "partial", "class", "#if X\n", "\n", "\"a\": "];

    /// <summary>A file of classes that declare groups, and of a method that calls one; every third meddled with.</summary>
    public static Gen<string> Code { get; } = Meddled(Class.NonEmptyListOf(3).Select(classes =>
        "using RouterGen; using Microsoft.Extensions.AI;\n"
        + string.Concat(classes)
        + "\nclass Caller { void Ask(System.Threading.CancellationToken token) { _ = Models.A.CompleteAsync(\"x\", new ChatOptions { Temperature = 0, Tools = [null!] }).Result; Models.A.StreamAsync(\"x\"); new Models(); } }"));

    /// <summary>A models.json, be it our own format or LiteLLM's or both; every third meddled with.</summary>
    public static Gen<string> Json { get; } = Meddled(
        Member("providers", Object(Text(["p", "openai", "", "\\ud800"]), Properties(DeclarationKind.Provider)))
            .Zip(Member("groups", Object(Text(Names), Group))).Zip(Member("model_list", Entry.NonEmptyListOf(4).Select(entries => $"[{string.Join(", ", entries)}]")))
            .Zip(Member("router_settings", Router)).Zip(Member("class", Text(["Models", "Shop.Models", "a b", "", "Caller", "System.String"])))
            .Select(parts => "{ " + string.Join(", ", new[] { parts.Item1.Item1.Item1.Item1, parts.Item1.Item1.Item1.Item2, parts.Item1.Item1.Item2, parts.Item1.Item2, parts.Item2 }.Where(part => part.Length > 0)) + " }"));

    private static Gen<string> Class => Gen.Elements("static partial class Models", "static partial class Models", "partial class Models", "public partial record Models", "class Other", "partial class @event", "partial class G<T>")
        .Zip(Attribute.NonEmptyListOf(7))
        .Select(parts => string.Join("\n", parts.Item2.Select(attribute => $"[{attribute}]")) + $"\n{parts.Item1} {{ }}\n");

    private static Gen<string> Attribute => Gen.Frequency(
        (3, InCode("ModelGroup", DeclarationKind.Group, Text(Names))),
        (5, InCode("Deployment", DeclarationKind.Deployment, Text(Models))),
        (1, InCode("Provider", DeclarationKind.Provider, Text(["p", "openai", ""]).Zip(Gen.Elements("Dialect.OpenAIChat", "Dialect.AnthropicMessages", "0", "(Dialect)7")).Select(pair => pair.Item1 + ", " + pair.Item2))));

    private static Gen<string> Group => Properties(DeclarationKind.Group).Zip(Gen.OneOf(Text(Models), Properties(DeclarationKind.Deployment)).ListOf())
        .Select(parts => parts.Item1[..^1] + (parts.Item1.Contains(':') ? ", " : "") + $"\"deployments\": [{string.Join(", ", parts.Item2.Take(4))}] }}");

    private static Gen<string> Entry => Text(Names).Zip(Text(Models)).Zip(Value(DeclaredType.Number, OnlyInJson)).Zip(Gen.Elements("temperature", "rpm", "timeout", "api_base", "api_key", "weight", "stop", "tags", "x", "custom_llm_provider"))
        .Select(parts => $"{{ \"model_name\": {parts.Item1.Item1.Item1}, \"litellm_params\": {{ \"model\": {parts.Item1.Item1.Item2}, \"{parts.Item2}\": {parts.Item1.Item2} }} }}");

    private static Gen<string> Router => Gen.Elements("num_retries", "timeout", "fallbacks", "context_window_fallbacks", "model_group_alias", "cooldown_time", "routing_strategy", "default_fallbacks")
        .Zip(Gen.OneOf(Value(DeclaredType.Number, OnlyInJson), Gen.Elements("[{\"a\": [\"b\"]}, {\"b\": [\"a\"]}]", "[{\"*\": [\"a\"]}]", "{\"c\": \"a\"}", "{\"c\": {\"model\": \"c\"}}", "[\"a\"]")))
        .Select(setting => $"{{ \"{setting.Item1}\": {setting.Item2} }}");

    private static Gen<string> InCode(string attribute, DeclarationKind kind, Gen<string> positional) =>
        Gen.Frequency((9, positional), (1, Gen.Elements(OnlyInCode)))
            .Zip(Stated(kind.Properties.Skip(kind.PositionalCount), OnlyInCode, property => property.Name + " = "))
            .Select(parts => $"{attribute}({string.Join(", ", parts.Item2.Prepend(parts.Item1))})");

    private static Gen<string> Properties(DeclarationKind kind) =>
        Stated(kind.JsonProperties, OnlyInJson, property => $"\"{property.JsonName}\": ").Select(properties => $"{{ {string.Join(", ", properties)} }}");

    // Up to four properties, some of them twice.
    private static Gen<IEnumerable<string>> Stated(IEnumerable<DeclaredProperty> properties, string[] odd, Func<DeclaredProperty, string> start) =>
        Gen.Elements(properties.ToArray()).SelectMany(property => Value(property.Type, odd, property.Name).Select(value => start(property) + value)).ListOf().Select(all => all.Take(4));

    private static Gen<string> Value(DeclaredType type, string[] odd, string property = "") => Gen.Frequency(
        (8, type switch
        {
            DeclaredType.Text => Text(property switch { "Endpoint" => Urls, "Model" => Models, "Group" => Names, _ => [.. Names, "MY_KEY", "sk-abc"] }),
            DeclaredType.Texts => Text(Names).ListOf().Select(texts => $"[{string.Join(", ", texts.Take(4))}]"),
            DeclaredType.Headers => Text(["OpenAI-Organization: org", "X-Team: $TEAM", "Host: x", "none"]).ListOf().Select(texts => $"[{string.Join(", ", texts.Take(3))}]"),
            DeclaredType.Dialect => Gen.Elements("\"openAIChat\"", "\"anthropicMessages\"", "7"),
            _ => Gen.Elements(Numbers),
        }),
        (1, Gen.Elements(odd)));

    private static Gen<string> Text(string[] texts) => Gen.Elements(texts).Select(text => $"\"{text}\"");

    private static Gen<string> Object(Gen<string> name, Gen<string> value) =>
        name.Zip(value).ListOf().Select(members => $"{{ {string.Join(", ", members.Take(4).Select(member => $"{member.Item1}: {member.Item2}"))} }}");

    private static Gen<string> Member(string name, Gen<string> value) => Gen.Frequency((3, value.Select(text => $"\"{name}\": {text}")), (1, Gen.Constant("")));

    private static Gen<List<string>> NonEmptyListOf(this Gen<string> item, int most) => Gen.Choose(1, most).SelectMany(count => item.ListOf(count)).Select(items => items.ToList());

    private static Gen<string> Meddled(Gen<string> text) => text.Zip(Gen.Choose(0, 9_999)).Zip(Gen.Elements(Snippets)).Zip(Gen.Choose(0, 11)).Select(parts =>
    {
        string whole = parts.Item1.Item1.Item1;
        int at = (int)((long)whole.Length * parts.Item1.Item1.Item2 / 10_000);
        return parts.Item2 switch
        {
            0 or 1 => whole.Insert(at, parts.Item1.Item2),
            2 => whole.Remove(at, 1),
            3 => whole[..at],
            _ => whole,
        };
    });
}
