using static RouterGen.Generator.Tests.ProblemFinder;

namespace RouterGen.Generator.Tests;

/// <summary>What can be wrong with a deployment in Azure, and is not with others.</summary>
public class AzureProblemTests
{
    [Theory]
    [InlineData("""Deployment("azure/d")""", "RG0115", "No price is known of deployment 'azure/d', so that the cost of its calls is null: state BaseModel, the model that it serves, or InputPrice and OutputPrice")]
    [InlineData("""Deployment("azure/d", BaseModel = "ft:my-own")""", "RG0115", "No price is known of deployment 'azure/d', so that the cost of its calls is null: state InputPrice and OutputPrice")]
    [InlineData("""Deployment("azure/d", BaseModel = "gpt-6-lunar", InputPrice = 1, OutputPrice = 2)""", "RG0102", "Deployment 'azure/d' names a model that is not in the catalog of provider 'azure'; did you mean 'gpt-6-luna'?")]
    [InlineData("""Deployment("openai/o3", ApiVersion = "2024-10-21")""", "RG0014", "'ApiVersion' of deployment 'openai/o3' has no effect: addresses of provider 'openai' have no version")]
    [InlineData("""Deployment("azure/o3", ApiVersion = "2024/10")""", "RG0114", "Endpoint '2024/10' cannot be a part of the address, as ApiVersion is here: it may hold letters, digits, '-' and '_'")]
    [InlineData("""Deployment("azure/o3", Resource = "r.example.com/")""", "RG0114", "Endpoint 'r.example.com/' cannot be a part of the address, as Resource is here: it may hold letters, digits, '-' and '_'")]
    public void Is_told(string deployment, string id, string message)
    {
        FoundProblem found = Assert.Single(Find(Class($"""[ModelGroup("a"), {deployment}]""")), static problem => problem.Id is not "RG0011");

        Assert.Equal((id, message), (found.Id, found.Message));
    }

    [Theory]
    [InlineData("""Deployment("azure/gpt-6-luna")""")]
    [InlineData("""Deployment("azure/d", BaseModel = "gpt-6-luna")""")]
    [InlineData("""Deployment("azure/d", BaseModel = "openai/gpt-6-luna")""")]
    [InlineData("""Deployment("azure/d", BaseModel = "azure/gpt-6-luna", ApiVersion = "2025-04-01-preview")""")]
    [InlineData("""Deployment("azure/gpt-4o", Endpoint = "https://r.openai.azure.com")""")]
    [InlineData("""Deployment("azure_ai/claude-haiku-5-5", Resource = "r")""")]
    [InlineData("""Deployment("azure_ai/my-claude", BaseModel = "claude-haiku-5-5", Resource = "r")""")]
    [InlineData("""Deployment("azure_ai/DeepSeek-V3.2", InputPrice = 1, OutputPrice = 2)""")]
    public void Nothing_is_wrong(string deployment) => Assert.DoesNotContain(Find(Class($"""[ModelGroup("a"), {deployment}]""")), static problem => problem.Id is not "RG0011");
}
