using System.Reflection;
using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Catalog;
using RouterGen.Generator.Emit;
using RouterGen.Infrastructure;

namespace RouterGen.Generator.Tests;

/// <summary>Deployments that requests are written alike for share one struct of constants, whatever group and class they are in.</summary>
public class ConstantsTests
{
    private const string Shared = """
        using RouterGen;
        [ModelGroup("first"), Deployment("openai/gpt-4o", Rpm = 1), Deployment("openai/gpt-4o", Name = "second key", ApiKeyEnv = "SECOND")]
        public static partial class Models;
        [ModelGroup("second"), Deployment("openai/gpt-4o", Weight = 2)]
        public partial class Others;
        """;

    [Fact]
    public void One_struct_serves_all_deployments_of_a_model()
    {
        GeneratorRun run = Verifier.VerifyDespite(["RG0011"], Shared);

        Assert.Equal("OpenaiGpt4o", Assert.Single(run.Constants).Key);
        const string Codec = "new global::RouterGen.Codecs.OpenAIChatCodec<global::RouterGen.Codecs.Constants.OpenaiGpt4o>()";
        Assert.Equal(2, run.Files["Models.First.g.cs"].Split(Codec).Length - 1);
        Assert.Contains(Codec, run.Files["Others.Second.g.cs"]);
    }

    [Theory]
    [InlineData("""Deployment("openai/gpt-4o", Supports = ModelCapabilities.Audio)""", "RG0110")]
    [InlineData("""Deployment("openai/gpt-4o", MaxOutputTokens = 100)""", "RG0110")]
    [InlineData("""Deployment("openai/gpt-4O")""", "RG0011", "RG0102")]
    public void What_differs_has_a_struct_of_its_own(string other, params string[] problems)
    {
        GeneratorRun run = Verifier.VerifyDespite(problems, ProblemFinder.Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o"), {other}]"""));

        Assert.Equal(2, run.Constants.Count);
        Assert.All(run.Constants.Keys, name => Assert.Contains($"Constants.{name}>", run.Files["Models.A.g.cs"]));
        Assert.Equal(2, run.Constants.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Names_do_not_depend_on_the_order_of_declarations()
    {
        const string Plain = """Deployment("openai/gpt-4o", Name = "plain")""", Limited = """Deployment("openai/gpt-4o", Name = "limited", MaxOutputTokens = 9)""";
        GeneratorRun run = Verifier.VerifyDespite(["RG0110"], ProblemFinder.Class($"""[ModelGroup("a"), {Plain}, {Limited}]"""));
        GeneratorRun turned = Verifier.VerifyDespite(["RG0110"], ProblemFinder.Class($"""[ModelGroup("a"), {Limited}, {Plain}]"""));

        Assert.Equal(run.Constants, turned.Constants);
    }

    [Fact]
    public void A_literal_has_the_flags_that_its_comment_names()
    {
        GeneratorRun run = Verifier.Verify(ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna")]"""));
        (string name, string text) = Assert.Single(run.Constants);
        Type type = run.Load().GetType("RouterGen.Codecs.Constants." + name)!;
        ModelProfile profile = ((IDeploymentConstants)Activator.CreateInstance(type)!).Profile;

        string comments = string.Concat(text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("// ", StringComparison.Ordinal) && !line.Contains('<')).Select(line => line[3..] + " "));
        Enum quirks = DialectRow.Of(Declarations.Model.Dialect.OpenAIChat).Quirks(profile.Quirks);
        Assert.Equal($"{profile.Capabilities} {profile.Parameters} {quirks} {profile.Efforts} {profile.EffortsWithTools} ", comments);
        Assert.True(profile.Can(RouterGen.ModelCapabilities.Tools));
        Assert.True(profile.Takes(RouterGen.Infrastructure.ModelParameters.Reasoning));
        Assert.NotEqual(0, profile.Quirks);
        Assert.NotEqual(default, profile.Efforts);
        Assert.NotNull(profile.EffortsWithTools);
    }

    [Theory]
    [InlineData("openai/gpt-4o", "{\\\"model\\\":\\\"gpt-4o\\\"")]
    [InlineData("gemini/gemini-3.8-flash", "{")]
    public void A_model_that_the_path_names_is_not_in_the_body(string model, string prefix)
    {
        GeneratorRun run = Verifier.Verify(ProblemFinder.Class($"""[ModelGroup("a"), Deployment("{model}")]"""));
        Assert.Contains($"RequestPrefix => \"{prefix}\"u8;", Assert.Single(run.Constants).Value);
    }

    [Fact]
    public void An_edit_of_one_group_writes_no_constants_again()
    {
        GeneratorRunResult result = Incrementality.Edit("Rpm = 1", "Rpm = 2", Shared);

        Assert.Single(Incrementality.Changed<GroupFile>(result, TrackingNames.GroupFiles));
        Assert.Empty(Incrementality.Changed<ConstantsFile>(result, TrackingNames.ConstantsFiles));
    }

    [Fact]
    public void Another_model_writes_its_group_and_its_constants_alone()
    {
        GeneratorRunResult result = Incrementality.Edit("Deployment(\"openai/gpt-4o\", Weight", "Deployment(\"openai/gpt-5.6-luna\", Weight", Shared);

        Assert.Equal("second", Assert.Single(Incrementality.Changed<GroupFile>(result, TrackingNames.GroupFiles)).Group.Name);
        Assert.Equal("OpenaiGpt56Luna", Assert.Single(Incrementality.Changed<ConstantsFile>(result, TrackingNames.ConstantsFiles)).Name);
    }
}
