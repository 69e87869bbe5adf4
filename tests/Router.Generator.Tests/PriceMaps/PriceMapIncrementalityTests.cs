using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.PriceMaps;
using RouterGen.Generator.Emit;
using RouterGen.Generator.Files;

namespace RouterGen.Generator.Tests.PriceMaps;

/// <summary>A price map is read when it changes, and only a group that it prices differently is written again.</summary>
public class PriceMapIncrementalityTests
{
    private static readonly string[] Code = [ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-4o-mini")]"""), ProblemFinder.Class("""[ModelGroup("b"), Deployment("openai/gpt-4o")]""")];

    [Fact]
    public void An_edit_elsewhere_does_not_read_it_again()
    {
        UserFile file = Prices();
        var verifier = new Verifier { Sources = Code, Files = [file] };
        verifier.Run(out GeneratorDriver driver);
        int reads = file.Reads;

        GeneratorRunResult edited = Single(driver.RunGenerators(verifier.Compile().AddSyntaxTrees(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("class Elsewhere;", Verifier.ParseOptions, "Elsewhere.cs"))));

        Assert.Equal(reads, file.Reads);
        Assert.Equal([IncrementalStepRunReason.Cached], Incrementality.Reasons(edited, TrackingNames.PriceMaps));
        Assert.All(Incrementality.Reasons(edited, TrackingNames.Classes), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Incrementality.AssertNothingRanAgain(edited);
    }

    [Fact]
    public void An_edit_of_models_json_does_not_read_it_again()
    {
        UserFile prices = Prices();
        var before = new UserFile("""{ "groups": { "c": { "deployments": ["openai/gpt-4o"] } } }""");
        var verifier = new Verifier { Sources = Code, Files = [prices, before] };
        verifier.Run(out GeneratorDriver driver);
        int reads = prices.Reads;

        var after = new UserFile("""{ "groups": { "c": { "deployments": ["openai/gpt-4o-mini"] } } }""");
        GeneratorRunResult edited = Single(driver.ReplaceAdditionalText(before, after).RunGenerators(verifier.Compile()));

        Assert.Equal(reads, prices.Reads);
        Assert.Equal([IncrementalStepRunReason.Cached], Incrementality.Reasons(edited, TrackingNames.PriceMaps));
        Assert.Equal("c", Assert.Single(Incrementality.Changed<GroupFile>(edited, TrackingNames.GroupFiles)).Group.Name);
    }

    [Fact]
    public void A_price_of_a_model_that_nobody_uses_writes_nothing_again() =>
        Incrementality.AssertNothingWasWrittenAgain(AfterEdit(SyntheticPriceMap.Text(priceOfOthers: 1)));

    [Fact]
    public void A_price_of_a_model_in_use_writes_its_group_again()
    {
        GeneratorRunResult edited = AfterEdit(SyntheticPriceMap.Text(priceOfUsed: 1));

        Assert.Equal("a", Assert.Single(Incrementality.Changed<GroupFile>(edited, TrackingNames.GroupFiles)).Group.Name);
        Assert.Empty(Incrementality.Changed<ClassFile>(edited, TrackingNames.ClassFiles));
    }

    [Fact]
    public void Generator_and_analyzers_read_a_text_once()
    {
        UserFile file = Prices();

        Assert.Same(PriceMapFiles.Read(file, TestContext.Current.CancellationToken), PriceMapFiles.Read(file, TestContext.Current.CancellationToken));
        Assert.NotSame(PriceMapFiles.Read(Prices(), TestContext.Current.CancellationToken), PriceMapFiles.Read(file, TestContext.Current.CancellationToken));
    }

    private static GeneratorRunResult AfterEdit(string text)
    {
        UserFile before = Prices();
        var verifier = new Verifier { Sources = Code, Files = [before] };
        verifier.Run(out GeneratorDriver driver);

        GeneratorRunResult edited = Single(driver.ReplaceAdditionalText(before, new UserFile(text, before.Path) { RouterPrices = "true" }).RunGenerators(verifier.Compile()));

        Assert.Equal([IncrementalStepRunReason.Modified], Incrementality.Reasons(edited, TrackingNames.PriceMaps));
        return edited;
    }

    private static UserFile Prices() => new(SyntheticPriceMap.Text(), "prices.json") { RouterPrices = "true" };

    private static GeneratorRunResult Single(GeneratorDriver driver) => driver.GetRunResult().Results.Single();
}
