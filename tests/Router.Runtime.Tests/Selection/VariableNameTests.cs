using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>A key in the place of the name of its variable, in a definition that no generator checked, is not told on.</summary>
public class VariableNameTests
{
    [Theory]
    [InlineData("OPENAI_API_KEY")]
    [InlineData("AZURE_OPENAI_API_KEY_EASTUS2_PROD01")]
    [InlineData("openai_api_key_2")]
    [InlineData("OpenAiApiKeyOfProduct")]
    [InlineData("GPT4O_KEY")]
    [InlineData("_K8S_TOKEN")]
    [InlineData("A")]
    [InlineData("OpenAI:ApiKey")]
    public void A_name_is_shown(string name) => Assert.Equal($"the environment variable {name} is not set", ProblemOf(name));

    [Theory]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW")]
    [InlineData("fw_3ZkQpR7sT9uVwX1yZ2aB4cD6")]
    [InlineData("tgp_v1_Zk3QpR7sT9uVwX1yZ2aB4cD6eF8gH0iJ1kL2mN3oP4q")]
    [InlineData("sk-proj-0123456789abcdef")]
    [InlineData("sk_live_51H8xYzAbCdEfGhIjKlMn")]
    [InlineData("q7Xk2mPz9LwR4tYb8NcV1sDf6GhJ3aQe")]
    [InlineData("a1b2c3d4e5f60718293a4b5c6d7e8f90")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    [InlineData("hunter two")]
    [InlineData("user:hunter2")]
    [InlineData("User::Hunter2")]
    [InlineData("0abc")]
    public void What_is_no_name_is_not_shown(string key)
    {
        string problem = ProblemOf(key);

        Assert.Equal("the environment variable that ApiKeyEnv names (not shown, because it is not written as a name) is not set", problem);
        Assert.DoesNotContain(key, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_variable_of_an_endpoint_is_not_shown_either()
    {
        DeploymentDefinition definition = Subjects.Definition(keyVariable: null, endpointVariable: "https://user:password@proxy.example");

        Credentials credentials = Credentials.Resolve(definition, new PlatformContext(new VirtualTime(), static _ => "ftp://somewhere"));

        Assert.Equal("the endpoint in the environment variable that EndpointEnv names (not shown, because it is not written as a name) must be an absolute https URL (http on a loopback address, or for a server that takes no key)", credentials.Problem);
    }

    private static string ProblemOf(string variable) => Credentials.Resolve(Subjects.Definition(keyVariable: variable), new PlatformContext(new VirtualTime(), static _ => null)).Problem!;
}
