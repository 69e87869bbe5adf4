namespace RouterGen.Generator.Tests;

/// <summary>A models.json of another program is left alone, whatever is in it.</summary>
public class ForeignFileTests
{
    private const string Message = "This file has none of the members of one that declares model groups, and is left alone: if it is for another program, set the property RouterGenModelsJson of the project to false";

    [Theory]
    [InlineData("""{|RG0207:|}{ "models": [{ "id": "resnet50", "path": "weights/resnet50.onnx" }], "version": 3 }""")]
    [InlineData("""{|RG0207:|}{ "models": { "gpt": { "provider": "openai", "apiKey": "none" } } }""")]
    [InlineData("""{|RG0207:|}{ "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object" }""")]
    [InlineData("""{|RG0207:|}{ "provider": "onnx", "group": "vision" }""")]
    [InlineData("""{|RG0207:|}[{ "id": 1, "name": "User" }, { "id": 2, "name": "Order" }]""")]
    [InlineData("""{|RG0207:|}["resnet50", "yolo"]""")]
    [InlineData("""{|RG0207:|}[[1, 2], 3]""")]
    [InlineData("{|RG0207:|}17")]
    [InlineData("{|RG0207:|}\"resnet50\"")]
    [InlineData("{|RG0207:|}null")]
    public async Task It_has_one_message_and_nothing_is_generated(string json)
    {
        await AnalyzerVerifier.VerifyJsonAsync(json, "class Models { }", Message);
        Assert.Empty(ModelsIn(json));
    }

    [Theory]
    [InlineData("{ 'models': [resnet50] }")]
    [InlineData("<models><model>resnet50</model></models>")]
    [InlineData("{ \"models\": [ { \"id\": 1 }")]
    [InlineData("{\"id\":1}\n{\"id\":2}\n")]
    [InlineData("\u0000\u0001\u0002binary")]
    public async Task One_that_is_no_JSON_either_is_left_alone(string text)
    {
        var verifier = new Verifier { Sources = ["class Models { }"], Files = [new UserFile(text)] };

        Assert.Equal(["RG0207"], (await AnalyzerVerifier.AnalyzeAsync(verifier.Compile(), verifier)).Select(diagnostic => diagnostic.Id));
        Assert.Empty(ModelsIn(text));
    }

    [Theory]
    [InlineData("{ {|RG0202:\"group\"|}: { } }")]
    [InlineData("{ {|RG0202:\"Groups\"|}: { } }")]
    [InlineData("{ {|RG0202:\"modellist\"|}: [ ] }")]
    [InlineData("{ \"class\": \"Models\", {|RG0202:\"models\"|}: [ ] }")]
    [InlineData("{ \"$schema\": \"../docs/models.schema.json\", {|RG0202:\"models\"|}: [ ] }")]
    [InlineData("{ }")]
    [InlineData("[ ]")]
    public Task One_that_is_meant_for_this_program_is_not(string json) => AnalyzerVerifier.VerifyJsonAsync(json);

    [Theory]
    [InlineData("{ \"groups\": { \"a\": { ")]
    [InlineData("{ \"gro")]
    [InlineData("{ \"model_list\": [ { ")]
    [InlineData("{")]
    [InlineData("")]
    public async Task One_that_is_being_typed_is_not(string text)
    {
        var verifier = new Verifier { Sources = [""], Files = [new UserFile(text)] };

        Assert.All(await AnalyzerVerifier.AnalyzeAsync(verifier.Compile(), verifier), diagnostic => Assert.NotEqual("RG0207", diagnostic.Id));
    }

    [Theory]
    [InlineData("models", "RG0207")]
    [InlineData("groups", "RG0201")]
    [InlineData("model_list", "RG0201")]
    public async Task One_that_is_too_large_is_judged_by_its_words(string member, string id)
    {
        var verifier = new Verifier { Sources = [""], Files = [new UserFile($$"""{ "{{member}}": "{{new string('x', RouterGen.Declarations.Json.JsonTree.MaxLength)}}" }""")] };

        Assert.Equal(id, Assert.Single(await AnalyzerVerifier.AnalyzeAsync(verifier.Compile(), verifier), diagnostic => diagnostic.Id is "RG0201" or "RG0207").Id);
    }

    [Fact]
    public async Task It_says_nothing_of_groups_in_code()
    {
        const string Code = """using RouterGen; [ModelGroup("a"), Deployment("openai/gpt-4o")] static partial class Models;""";

        await AnalyzerVerifier.VerifyJsonAsync("""{|RG0207:|}{ "models": [] }""", Code);
        Assert.Contains("Models.A.g.cs", new Verifier { Sources = [Code], Files = [new UserFile("""{ "models": [] }""")], Problems = ["RG0207"] }.Verify().Files.Keys);
    }

    private static IEnumerable<string> ModelsIn(string json) =>
        new Verifier { Sources = ["class Models { }"], Files = [new UserFile(Markup.Parse(json).Source)] }.Run(out _).Files.Keys.Where(file => file.StartsWith("Models", StringComparison.Ordinal));
}
