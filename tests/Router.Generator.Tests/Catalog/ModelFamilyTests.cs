using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Tests;

/// <summary>A model that is not listed takes the rules of the newest member of its family, and is asked for what that one lacks.</summary>
public class ModelFamilyTests
{
    public static TheoryData<string> Providers { get; } = new(ModelCatalog.Default.Providers.Select(provider => provider.Name));

    [Theory]
    [MemberData(nameof(Providers))]
    public void The_newest_member_is_listed(string name)
    {
        ProviderRow provider = Find(name);

        Assert.All(provider.Families, family => Assert.Contains(provider.Models, model => model.Name == family.Newest));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_member_is_reached_through_its_own_family(string name)
    {
        ProviderRow provider = Find(name);

        // A pattern behind one that matches all of its names holds for nothing.
        Assert.All(provider.Families, family => Assert.Same(family, provider.Families.First(first => first.Has(family.Pattern.Replace('#', '7').Replace("*", "x-")))));
    }

    [Theory]
    [InlineData("openai", "gpt-5.9-terra", "gpt-5.6-sol")]
    [InlineData("openai", "gpt-5.6-nova", "gpt-5.6-sol")]
    [InlineData("openai", "gpt-6.9-luna", "gpt-6.2-sol")]
    [InlineData("openai", "gpt-7", "gpt-6.2-sol")]
    [InlineData("openai", "gpt-12-sol", "gpt-6.2-sol")]
    [InlineData("openai", "o5", "o4-mini")]
    [InlineData("openai", "o5-mini", "o4-mini")]
    [InlineData("openai", "gpt-4.9", "gpt-4.1")]
    [InlineData("openai", "gpt-5.9-chat-latest", "gpt-5.3-chat-latest")]
    [InlineData("openai", "gpt-5.4-mini-2027-02-03", "gpt-5.4-mini")]
    [InlineData("openai", "ft:gpt-5.9:mine::1", "gpt-5.6-sol")]
    [InlineData("anthropic", "claude-opus-6", "claude-opus-5-5")]
    [InlineData("anthropic", "claude-sonnet-6-1", "claude-sonnet-5-5")]
    [InlineData("anthropic", "claude-haiku-6", "claude-haiku-5-5")]
    [InlineData("anthropic", "claude-haiku-4-5-20270101", "claude-haiku-4-5")]
    [InlineData("anthropic", "claude-saga-1", "claude-fable-5-2")]
    [InlineData("gemini", "gemini-3.9-flash", "gemini-3.8-flash")]
    [InlineData("gemini", "gemini-5-neon", "gemini-4-hydrogen")]
    [InlineData("xai", "grok-5", "grok-4.7")]
    [InlineData("xai", "grok-4.9-non-reasoning", "grok-4.20-0309-non-reasoning")]
    [InlineData("moonshot", "kimi-k4", "kimi-k3.1-pro")]
    [InlineData("moonshot", "kimi-k2.8", "kimi-k2.6")]
    [InlineData("deepseek", "deepseek-v5-pro", "deepseek-flash")]
    [InlineData("mistral", "mistral-medium-4", "mistral-medium-3-5")]
    [InlineData("mistral", "magistral-large-2701", "magistral-medium-2509")]
    [InlineData("openrouter", "anthropic/claude-opus-6", "anthropic/claude-opus-5.5")]
    [InlineData("openrouter", "openai/gpt-7-sol", "openai/gpt-6.2-sol")]
    [InlineData("groq", "openai/gpt-oss-200b", "openai/gpt-oss-120b")]
    [InlineData("cerebras", "gpt-oss-200b", "gpt-oss-120b")]
    public void An_unlisted_model_takes_the_parameters_of_the_newest_member(string name, string model, string newest)
    {
        ProviderRow provider = Find(name);
        ModelRules expected = provider.RulesOf(newest), rules = provider.RulesOf(model);

        Assert.Null(provider.FindModel(model));
        Assert.Equal((expected.Traits.Parameters, expected.Traits.Quirks), (rules.Traits.Parameters, rules.Traits.Quirks));
        Assert.Equal(expected.Efforts.Taken, rules.Efforts.Taken);
        Assert.Equal(expected.OutputLimit, rules.OutputLimit);
        Assert.True(rules.Traits.Capabilities.HasFlag(expected.Traits.Capabilities));
    }

    [Theory]
    [InlineData("openai", "gpt-5.9-terra")]
    [InlineData("openai", "gpt-7")]
    [InlineData("openai", "o5")]
    public void Reasoning_models_of_OpenAI_take_no_temperature_while_they_reason_and_the_newer_limit(string name, string model)
    {
        HashSet<string> traits = TraitNames.Of(name, Find(name).RulesOf(model).Traits);

        Assert.DoesNotContain(traits, trait => trait is "Penalties" or "Stop");
        Assert.True(!traits.Contains("Sampling") || traits.Contains("SamplingWithoutReasoning"), "A temperature goes with a reasoning effort.");
        Assert.Superset(TraitNames.Split("MaxCompletionTokens, Reasoning, Tools"), traits);
    }

    [Theory]
    [InlineData("gpt-5.9-terra", ModelEfforts.None)]
    [InlineData("gpt-7", ModelEfforts.None)]
    [InlineData("o5", null)]
    public void With_tools_an_unlisted_model_is_sent_the_effort_that_can_succeed(string model, object? efforts) =>
        Assert.Equal((ModelEfforts?)efforts, Find("openai").RulesOf(model).Efforts.WithTools);

    [Fact]
    public void What_the_newest_member_lacks_is_asked_of_one_that_is_not_listed()
    {
        Assert.False(Find("openai").RulesOf("gpt-6.2-sol").Traits.Capabilities.HasFlag(Declarations.Model.ModelCapabilities.Tools));
        Assert.True(Find("openai").RulesOf("gpt-6.9-sol").Traits.Capabilities.HasFlag(Declarations.Model.ModelCapabilities.Tools));
    }

    [Theory]
    [InlineData("gpt-oss-20b")]
    [InlineData("qwen3-coder")]
    [InlineData("gpt")]
    [InlineData("o")]
    [InlineData("oasis")]
    public void A_name_of_no_family_keeps_the_providers_usual_rules(string model) =>
        Assert.Equal(Find("openai").UnlistedTraits, Find("openai").RulesOf(model).Traits);

    [Theory]
    [InlineData("gpt-#", "gpt-7", true)]
    [InlineData("gpt-#", "gpt-oss", false)]
    [InlineData("gpt-#", "gpt-", false)]
    [InlineData("gpt-*chat", "gpt-5.7-chat-latest", true)]
    [InlineData("gpt-*chat", "gpt-5.7", false)]
    [InlineData("grok-*non-reasoning", "grok-non-reasoning", true)]
    [InlineData("a*b*c", "axbxbc", true)]
    [InlineData("a*b*c", "axbxb", false)]
    public void A_pattern_is_the_start_of_a_name(string pattern, string name, bool has) => Assert.Equal(has, new ModelFamily(pattern, "any").Has(name));

    [Theory]
    [InlineData("gpt-5.4-2026-03-05", "gpt-5.4")]
    [InlineData("claude-haiku-4-5-20251001", "claude-haiku-4-5")]
    [InlineData("claude-haiku-4-5@20251001", "claude-haiku-4-5")]
    [InlineData("mistral-large-2512", "mistral-large")]
    [InlineData("gemini-pro-latest", "gemini-pro")]
    [InlineData("gpt-5.4", null)]
    [InlineData("-2512", null)]
    public void A_snapshot_has_its_date_at_the_end(string name, string? undated) => Assert.Equal(undated, ModelDates.Without(name));

    private static ProviderRow Find(string provider) => ModelCatalog.Default.Find(provider)!;
}
