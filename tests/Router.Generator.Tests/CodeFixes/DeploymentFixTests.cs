using RouterGen.CodeFixes;

namespace RouterGen.Generator.Tests.CodeFixes;

/// <summary>What is offered for RG01xx.</summary>
public class DeploymentFixTests
{
    [Theory]
    [InlineData("\"antropic/claude-haiku-4-5\"", "anthropic/claude-haiku-4-5")]
    [InlineData("@\"OpenAI/ft:gpt-4o-2024-08-06:a/b\"", "openai/ft:gpt-4o-2024-08-06:a/b")]
    [InlineData("\"gpt-4o\"", "openai/gpt-4o")]
    [InlineData("\"poenai/gpt-4o\"", "openai/gpt-4o")]
    public Task RG0101_replaces_the_provider_and_keeps_the_model(string literal, string expected) => CodeFixVerifier<ReplaceBySuggestionFix>.VerifyCodeFixAsync(
        $$"""using RouterGen; [ModelGroup("a"), Deployment(model: /* m */ {|RG0101:{{literal}}|} /* n */, Rpm = 1)] static partial class Models;""",
        $"""using RouterGen; [ModelGroup("a"), Deployment(model: /* m */ "{expected}" /* n */, Rpm = 1)] static partial class Models;""",
        $"Replace by \"{expected}\"");

    [Theory]
    [InlineData("\"my-lan-box/llama\"")]
    [InlineData("\"antropic\" + \"/x\"")]
    public async Task RG0101_offers_nothing_without_a_suggestion_or_a_literal(string model) => Assert.Empty(
        await CodeFixVerifier<ReplaceBySuggestionFix>.TitlesAsync($$"""using RouterGen; [ModelGroup("a"), Deployment({|RG0101:{{model}}|})] static partial class Models;"""));

    [Fact]
    public Task RG0101_replaces_all() => CodeFixVerifier<ReplaceBySuggestionFix>.VerifyFixAllAsync(
        """
        using RouterGen;
        [ModelGroup("a")]
        [Deployment({|RG0101:"antropic/claude-haiku-4-5"|})]
        [Deployment({|RG0101:"opnai/gpt-4o"|}), Deployment({|RG0101:"o3"|})]
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("a")]
        [Deployment("anthropic/claude-haiku-4-5")]
        [Deployment("openai/gpt-4o"), Deployment("openai/o3")]
        static partial class Models;
        """,
        "Replace by \"anthropic/claude-haiku-4-5\"");

    [Fact]
    public Task RG0102_replaces_the_model() => CodeFixVerifier<ReplaceBySuggestionFix>.VerifyFixAllAsync(
        """using RouterGen; [ModelGroup("a"), Deployment({|RG0102:"openai/gpt-4o-mni"|}, Rpm = 1), Deployment({|RG0102:"anthropic/claude-haiku-4.5"|})] static partial class Models;""",
        """using RouterGen; [ModelGroup("a"), Deployment("openai/gpt-4o-mini", Rpm = 1), Deployment("anthropic/claude-haiku-4-5")] static partial class Models;""",
        "Replace by \"openai/gpt-4o-mini\"");

    [Theory]
    [InlineData("RG0103", "2026-01-01")]
    [InlineData("RG0104", "2026-07-01")]
    public Task RG0103_and_RG0104_put_the_successor_in_place(string id, string day) => CodeFixVerifier<ReplaceBySuggestionFix>.VerifyCodeFixAsync(
        $$"""
        // Built on {{day}}
        using RouterGen; [ModelGroup("a"), Deployment({|{{id}}:"anthropic/claude-3-haiku-20240307"|}, Rpm = 1)] static partial class Models;
        """,
        $"""
        // Built on {day}
        using RouterGen; [ModelGroup("a"), Deployment("anthropic/claude-haiku-5-5", Rpm = 1)] static partial class Models;
        """,
        "Replace by \"anthropic/claude-haiku-5-5\"");

    [Theory]
    [InlineData("[ModelGroup(\"a\"), D, {0}]\n", "[ModelGroup(\"a\"), D]\n")]
    [InlineData("[ModelGroup(\"a\"), D]\n[{0}, Deployment(\"anthropic/claude-haiku-4-5\")]\n", "[ModelGroup(\"a\"), D]\n[Deployment(\"anthropic/claude-haiku-4-5\")]\n")]
    [InlineData("[ModelGroup(\"a\"), D]\n[{0}]\n", "[ModelGroup(\"a\"), D]\n")]
    [InlineData("[ModelGroup(\"a\"), D]\n    [{0}] // again\n    // The class.\n", "[ModelGroup(\"a\"), D]\n    // The class.\n")]
    [InlineData("[ModelGroup(\"a\"), D]\n// Kept.\n[\n    {0}\n]\n", "[ModelGroup(\"a\"), D]\n// Kept.\n")]
    [InlineData("[ModelGroup(\"a\"), D] [{0}] ", "[ModelGroup(\"a\"), D] ")]
    [InlineData("[ModelGroup(\"a\"), D][{0}] ", "[ModelGroup(\"a\"), D] ")]
    [InlineData("[ModelGroup(\"a\"), D]\n[{0}] ", "[ModelGroup(\"a\"), D]\n")]
    public Task RG0110_removes_the_duplicate(string attributes, string expected) => CodeFixVerifier<RemoveDuplicateFix>.VerifyCodeFixAsync(
        "using RouterGen;\n" + string.Format(attributes.Replace("D,", "Deployment(\"openai/gpt-4o\"),").Replace("D]", "Deployment(\"openai/gpt-4o\")]"), "Deployment({|RG0110:\"openai/gpt-4o\"|}, Rpm = 3)")
            + "static partial class Models;",
        "using RouterGen;\n" + expected.Replace("D]", "Deployment(\"openai/gpt-4o\")]") + "static partial class Models;",
        "Remove the duplicate deployment");

    [Fact]
    public Task RG0110_removes_all() => CodeFixVerifier<RemoveDuplicateFix>.VerifyFixAllAsync(
        """
        using RouterGen;
        [ModelGroup("a")]
        [Deployment("openai/gpt-4o"), Deployment({|RG0110:"openai/gpt-4o"|})]
        [Deployment({|RG0110:"openai/gpt-4o"|})]
        [Deployment({|RG0110:"openai/gpt-4o"|})]
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("a")]
        [Deployment("openai/gpt-4o")]
        static partial class Models;
        """,
        "Remove the duplicate deployment");

    [Theory]
    [InlineData("Deployment(\"openai/gpt-4o\", ApiKeyEnv = {0}, Rpm = 3)", "OPENAI_API_KEY")]
    [InlineData("Deployment(\"openai/gpt-4o\"), Provider(\"3d-lab\", Dialect.OpenAIChat, ApiKeyEnv = {0})", "_3D_LAB_API_KEY")]
    public Task RG0111_puts_the_variable_in_place_of_the_key(string attributes, string variable) => CodeFixVerifier<NameKeyVariableFix>.VerifyCodeFixAsync(
        $"using RouterGen; [ModelGroup(\"a\"), {string.Format(attributes, "{|RG0111:\"sk-abc123\"|}")}] static partial class Models;",
        $"using RouterGen; [ModelGroup(\"a\"), {string.Format(attributes, $"\"{variable}\"")}] static partial class Models;",
        $"Replace the key by the name of the environment variable \"{variable}\"");

    [Theory]
    [InlineData("RoutingStrategy.LeastBusy", "RoutingStrategy.Weighted")]
    [InlineData("RouterGen.RoutingStrategy./* here */LowestCost", "RouterGen.RoutingStrategy./* here */Weighted")]
    [InlineData("LowestUsage", "Weighted")]
    public Task RG0107_sets_the_strategy(string strategy, string expected) => CodeFixVerifier<SetStrategyFix>.VerifyCodeFixAsync(
        Weighted("{|RG0107:" + strategy + "|} /* there */"),
        Weighted(expected + " /* there */"),
        "Set Strategy = RoutingStrategy.Weighted");

    [Theory]
    [InlineData("(RoutingStrategy)3")]
    [InlineData("Models.Busy")]
    public async Task RG0107_offers_nothing_where_the_strategy_is_composed_elsewhere(string strategy) => Assert.Empty(
        await CodeFixVerifier<SetStrategyFix>.TitlesAsync(Weighted("{|RG0107:" + strategy + "|}")));

    [Fact]
    public Task RG0107_sets_all() => CodeFixVerifier<SetStrategyFix>.VerifyFixAllAsync(
        """
        using RouterGen;
        [ModelGroup("a", Strategy = {|RG0107:RoutingStrategy.LeastBusy|}), Deployment("openai/o3", Weight = 1)]
        static partial class Models;
        [ModelGroup("b", MaxAttempts = 3, Strategy = {|RG0107:RoutingStrategy.LowestLatency|}), Deployment("openai/o3", Weight = 1)]
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("a", Strategy = RoutingStrategy.Weighted), Deployment("openai/o3", Weight = 1)]
        static partial class Models;
        [ModelGroup("b", MaxAttempts = 3, Strategy = RoutingStrategy.Weighted), Deployment("openai/o3", Weight = 1)]
        static partial class Models;
        """,
        "Set Strategy = RoutingStrategy.Weighted");

    private static string Weighted(string strategy) => $$"""
        using RouterGen;
        using static RouterGen.RoutingStrategy;
        [ModelGroup("a", Strategy = {{strategy}}), Deployment("openai/o3", Weight = 1)]
        static partial class Models { public const RoutingStrategy Busy = LeastBusy; }
        """;

    [Theory]
    [InlineData("ApiKeyEnv = {|RG0111:\"sk-\" + \"abc123\"|}")]
    [InlineData("Name = {|RG0111:\"sk-proj-0123456789abcdef\"|}")]
    public async Task RG0111_offers_nothing_where_the_key_would_stay_or_no_variable_belongs(string property) => Assert.Empty(
        await CodeFixVerifier<NameKeyVariableFix>.TitlesAsync($"using RouterGen; [ModelGroup(\"a\"), Deployment(\"openai/gpt-4o\", {property})] static partial class Models;"));

    [Fact]
    public Task RG0111_replaces_all() => CodeFixVerifier<NameKeyVariableFix>.VerifyFixAllAsync(
        """
        using RouterGen;
        [ModelGroup("a")]
        [Deployment("openai/gpt-4o", ApiKeyEnv = {|RG0111:"sk-abc123"|})]
        [Deployment("openai/o3", ApiKeyEnv = {|RG0111:"Bearer sk-abc123"|})]
        [Deployment("anthropic/claude-haiku-4-5", ApiKeyEnv = {|RG0111:"sk-ant-0123"|})]
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("a")]
        [Deployment("openai/gpt-4o", ApiKeyEnv = "OPENAI_API_KEY")]
        [Deployment("openai/o3", ApiKeyEnv = "OPENAI_API_KEY")]
        [Deployment("anthropic/claude-haiku-4-5", ApiKeyEnv = "ANTHROPIC_API_KEY")]
        static partial class Models;
        """,
        "Replace the key by the name of the environment variable \"OPENAI_API_KEY\"");

    [Theory]
    [InlineData("({0})", "({0}, ApiKeyEnv = \"MY_PROXY_API_KEY\")")]
    [InlineData("(\n    {0},\n    Rpm = 3\n)", "(\n    {0},\n    Rpm = 3,\n    ApiKeyEnv = \"MY_PROXY_API_KEY\"\n)")]
    public Task RG0112_names_a_variable(string arguments, string expected) => CodeFixVerifier<NameKeyVariableFix>.VerifyCodeFixAsync(
        Proxy(string.Format(arguments, "{|RG0112:\"my-proxy/m\"|}")),
        Proxy(string.Format(expected, "{|RG0115:\"my-proxy/m\"|}")),
        "Add ApiKeyEnv = \"MY_PROXY_API_KEY\"");

    [Fact]
    public Task RG0112_names_all() => CodeFixVerifier<NameKeyVariableFix>.VerifyFixAllAsync(
        Proxy("({|RG0112:\"my-proxy/m\"|}), Deployment({|RG0112:\"my-proxy/n\"|}, Rpm = 3)]\n[Deployment({|RG0112:\"my-proxy/o\"|})"),
        Proxy("({|RG0115:\"my-proxy/m\"|}, ApiKeyEnv = \"MY_PROXY_API_KEY\"), Deployment({|RG0115:\"my-proxy/n\"|}, Rpm = 3, ApiKeyEnv = \"MY_PROXY_API_KEY\")]\n[Deployment({|RG0115:\"my-proxy/o\"|}, ApiKeyEnv = \"MY_PROXY_API_KEY\")").Replace("\"a\"", "{|RG0011:\"a\"|}"),
        "Add ApiKeyEnv = \"MY_PROXY_API_KEY\"");

    [Fact]
    public Task RG0122_names_a_key_in_place_of_credentials() => CodeFixVerifier<NameKeyVariableFix>.VerifyCodeFixAsync(
        """
        using RouterGen;
        [ModelGroup("a")]
        [Deployment("azure/d", ApiKeyEnv = {|RG0122:""|}, InputPrice = 1, OutputPrice = 2)]
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("a")]
        [Deployment("azure/d", ApiKeyEnv = "AZURE_OPENAI_API_KEY", InputPrice = 1, OutputPrice = 2)]
        static partial class Models;
        """,
        "Add ApiKeyEnv = \"AZURE_OPENAI_API_KEY\"");

    [Fact]
    public Task RG0113_begins_an_endpoint() => CodeFixVerifier<AddEndpointFix>.VerifyFixAllAsync(
        """
        using RouterGen;
        [Provider("lan", Dialect.OpenAIChat, ApiKeyEnv = "LAN")]
        [ModelGroup("a")]
        [Deployment({|RG0113:"lan/m"|})]
        [Deployment({|RG0113:"lan/n"|}, Rpm = 3)]
        [Deployment({|RG0113:"lan/o"|}, Endpoint = "")]
        static partial class Models;
        """,
        """
        using RouterGen;
        [Provider("lan", Dialect.OpenAIChat, ApiKeyEnv = "LAN")]
        [ModelGroup("a")]
        [Deployment("lan/m", Endpoint = {|RG0114:"https://"|})]
        [Deployment("lan/n", Rpm = 3, Endpoint = {|RG0114:"https://"|})]
        [Deployment("lan/o", Endpoint = {|RG0114:"https://"|})]
        static partial class Models;
        """,
        "Add Endpoint = \"https://\", to be completed");

    private static string Proxy(string arguments) => $"""
        using RouterGen;
        [Provider("my-proxy", Dialect.OpenAIChat, Endpoint = "https://proxy.example.com")]
        [ModelGroup("a"), Deployment{arguments}]
        static partial class Models;
        """;
}
