using RouterGen.Declarations.Catalog;

namespace RouterGen.Generator.Tests.Catalog;

using Dialect = Declarations.Model.Dialect;

/// <summary>Models of Bedrock under the names of their profiles.</summary>
public class InferenceProfileTests
{
    private static readonly ProviderRow Bedrock = ModelCatalog.Default.Providers.Single(provider => provider.Name == "bedrock");

    [Theory]
    [InlineData("anthropic.claude-sonnet-5-5", 2, 10)]
    [InlineData("global.anthropic.claude-sonnet-5-5", 2, 10)]
    [InlineData("us.anthropic.claude-sonnet-5-5", 2.2, 11)]
    [InlineData("eu.anthropic.claude-haiku-4-5-20251001-v1:0", 1.1, 5.5)]
    [InlineData("apac.anthropic.claude-sonnet-4-20250514-v1:0", 3, 15)]
    [InlineData("us.amazon.nova-pro-v1:0", 0.8, 3.2)]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-2-lite-v1:0", 0.33, 2.75)]
    [InlineData("arn:aws:bedrock:us-east-1::foundation-model/meta.llama3-3-70b-instruct-v1:0", 0.72, 0.72)]
    public void A_profile_has_the_prices_of_its_model_a_regional_one_perhaps_higher(string name, double input, double output)
    {
        ModelRow row = Bedrock.FindModel(name)!;

        Assert.Equal(((decimal)input, (decimal)output), (row.Prices!.Standard.Input, row.Prices.Standard.Output));
    }

    [Fact]
    public void Rules_of_a_price_hold_in_a_region_too()
    {
        ModelRow haiku = Bedrock.FindModel("us.anthropic.claude-haiku-5-5")!;

        Assert.Equal(0.55m, haiku.Prices!.Variants.Single(variant => variant is { AbovePromptTokens: 100_000, Tier: null }).Prices.Input);
    }

    [Theory]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123")]
    [InlineData("uk.anthropic.claude-sonnet-5-5")]
    [InlineData("my-model")]
    public void What_is_behind_another_name_is_not_known(string name) => Assert.Null(Bedrock.FindModel(name));

    [Theory]
    [InlineData("us.anthropic.claude-opus-5-6", "anthropic.claude-opus-5-5")]
    [InlineData("jp.openai.gpt-oss-300b-1:0", "openai.gpt-oss-120b-1:0")]
    public void An_unlisted_model_in_a_profile_is_written_to_like_the_newest_of_its_family(string name, string newest) =>
        Assert.Equal(Bedrock.RulesOf(newest).Traits.Parameters, Bedrock.RulesOf(name).Traits.Parameters);

    [Theory]
    [InlineData("us.anthropic.claude-sonnet-5-5", Dialect.AnthropicMessages, true)]
    [InlineData("amazon.nova-pro-v1:0", Dialect.AnthropicMessages, false)]
    [InlineData("openai.gpt-oss-20b-1:0", Dialect.OpenAIChat, true)]
    [InlineData("anthropic.claude-sonnet-5-5", Dialect.OpenAIChat, false)]
    public void A_model_is_served_in_the_formats_that_it_has(string name, Dialect dialect, bool isServed) =>
        Assert.Equal(isServed, Bedrock.In(dialect, name)!.FindModel(name) is not null);
}
