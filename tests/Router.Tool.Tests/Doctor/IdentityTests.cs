using System.Text.Json;
using RouterGen.FakeProviders;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Tests.Doctor;

/// <summary>Identities of clouds are those that the program would use: found by the same code, and shown to servers that check them.</summary>
public sealed class IdentityTests : DoctorRun
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Claude = "bedrock/us.anthropic.claude-haiku-5-5";

    protected override IReadOnlyDictionary<string, FakeAwsKey> AwsKeys { get; } = new Dictionary<string, FakeAwsKey> { ["AKIDEXAMPLE"] = new(Secret) };

    [Fact]
    public async Task A_signature_of_AWS_is_accepted()
    {
        Aws("AKIDEXAMPLE", Secret);
        Declare(Claude, "", "");

        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor"));

        Assert.Contains("AWS_BEARER_TOKEN_BEDROCK is not set: calls are authorised by the identity that RouterGen.Aws finds", Tool.Out);
        Assert.Contains("a cloud lists models elsewhere", Tool.Out);
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261101/eu-central-1/bedrock/aws4_request", Assert.Single(Server[Claude].Requests).Headers["Authorization"]);
        AssertNoSecret(Secret);
    }

    [Theory]
    [InlineData("AKIDEXAMPLE", "another-secret-that-signs-wrongly", "the identity that RouterGen.Aws found is not accepted, 403: The request signature we calculated does not match")]
    [InlineData("AKIDUNKNOWN", Secret, "the identity that RouterGen.Aws found is not accepted, 403")]
    public async Task A_signature_of_AWS_is_refused(string id, string secret, string message)
    {
        Aws(id, secret);
        Declare(Claude, "", "");

        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--json"));

        JsonElement finding = KeyFinding();
        Assert.StartsWith(message, finding.GetProperty("message").GetString());
        Assert.Equal("look at the variables and files in which RouterGen.Aws looks, and look at what it is allowed", finding.GetProperty("advice").GetString());
        AssertNoSecret(secret);
    }

    [Fact]
    public async Task Without_keys_of_AWS_the_finding_names_where_they_could_be()
    {
        Tool.Variables["AWS_EC2_METADATA_DISABLED"] = "true";
        Tool.Variables["HOME"] = Tool.Directory;
        Tool.Variables["AWS_REGION"] = "eu-central-1";
        Declare(Claude, "", "");

        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--json"));

        Assert.Contains("There are none in AWS_ACCESS_KEY_ID", KeyFinding().GetProperty("message").GetString());
        Assert.Equal(0, Server[Claude].Calls);
    }

    [Fact]
    public async Task An_identity_is_not_checked_without_a_call()
    {
        Aws("AKIDUNKNOWN", Secret);
        Declare(Claude, "", "");
        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor", "--no-spend"));
        Assert.Equal(0, Server[Claude].Calls);
    }

    [Fact]
    public async Task The_clock_of_a_cloud_is_that_of_its_answers()
    {
        Aws("AKIDEXAMPLE", Secret);
        Declare(Claude, "", "");
        Server[Claude].Always(Fault.WithHeaders(new Dictionary<string, string> { ["Date"] = Tool.Time.GetUtcNow().AddMinutes(3).ToString("R") }));
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--json"));
        Assert.Equal(180, Tool.Json.GetProperty("connections")[0].GetProperty("clockSkewSeconds").GetDouble());
    }

    [Fact]
    public async Task A_token_of_Google_is_fetched_and_accepted()
    {
        Tool.Variables["GCE_METADATA_HOST"] = Server.BaseAddress.Authority;
        Declare("vertex_ai/claude-haiku-5-5", "", "/v1/projects/p/locations/global");

        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor"));

        Assert.Contains("calls are authorised by the identity that RouterGen.Google finds", Tool.Out);
        string token = Assert.Single(Server["vertex_ai/claude-haiku-5-5"].Requests).Headers["Authorization"];
        Assert.StartsWith("Bearer ya29.", token);
        AssertNoSecret(token["Bearer ".Length..]);
    }

    [Fact]
    public async Task A_machine_without_an_identity_of_Google_is_told_what_to_set()
    {
        Tool.Variables["GCE_METADATA_HOST"] = Server.BaseAddress.Authority;
        Tool.Variables["GOOGLE_APPLICATION_CREDENTIALS"] = Tool.PathOf("missing.json");
        Declare("vertex_ai/claude-haiku-5-5", "", "/v1/projects/p/locations/global");

        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--json"));

        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS", KeyFinding().GetProperty("message").GetString());
        Assert.Equal(0, Server["vertex_ai/claude-haiku-5-5"].Calls);
    }

    [Theory]
    [InlineData("azure-key-a1b2c3d4e5f6a7b8c9d0", "api-key", "azure-key-a1b2c3d4e5f6a7b8c9d0")]
    [InlineData("eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJhenVyZSJ9.c2lnbmF0dXJl", "Authorization", "Bearer eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJhenVyZSJ9.c2lnbmF0dXJl")]
    public async Task A_key_of_Azure_and_a_token_of_Entra_ID_go_to_their_headers(string key, string header, string value)
    {
        Tool.Variables["SHOP_KEY"] = key;
        Declare("azure/my-gpt", "\"baseModel\": \"gpt-6-luna\", \"apiKeyEnv\": \"SHOP_KEY\", ", "/openai/v1");

        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor"));

        RecordedRequest request = Assert.Single(Server["azure/my-gpt"].Requests);
        Assert.Equal("/azure/openai/v1/chat/completions", request.Path);
        Assert.Equal(value, request.Headers[header]);
        AssertNoSecret(key);
    }

    [Fact]
    public async Task A_key_of_Azure_that_is_refused_is_named_by_its_variable()
    {
        Tool.Variables["SHOP_KEY"] = "azure-key-a1b2c3d4e5f6a7b8c9d0";
        Declare("azure/my-gpt", "\"baseModel\": \"gpt-6-luna\", \"apiKeyEnv\": \"SHOP_KEY\", ", "/openai/v1");
        Server["azure/my-gpt"].Always(Fault.Status(401));

        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--json"));

        Assert.StartsWith("the key is not accepted, 401: Access denied due to invalid subscription key", KeyFinding().GetProperty("message").GetString());
        Assert.StartsWith("put a valid key into SHOP_KEY", KeyFinding().GetProperty("advice").GetString());
    }

    [Fact]
    public async Task An_identity_of_Entra_ID_that_cannot_be_is_refused_without_a_request()
    {
        Tool.Variables["AZURE_TENANT_ID"] = "no tenant!";
        Tool.Variables["AZURE_CLIENT_ID"] = "client";
        Tool.Variables["AZURE_CLIENT_SECRET"] = "a-secret-of-entra-4711";
        Declare("azure/my-gpt", "\"baseModel\": \"gpt-6-luna\", \"apiKeyEnv\": \"\", ", "/openai/v1");

        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--json"));

        Assert.StartsWith("the identity that RouterGen.Azure found is not accepted: Entra ID refused the identity", KeyFinding().GetProperty("message").GetString());
        Assert.Equal(0, Server["azure/my-gpt"].Calls);
        AssertNoSecret("a-secret-of-entra-4711");
    }

    [Fact]
    public async Task A_key_of_watsonx_is_exchanged_for_a_token()
    {
        const string Exchanged = "ibm-cloud-key-that-is-exchanged-4711";
        await using TokenServer iam = await TokenServer.StartAsync(200, """{"access_token":"token-of-ibm-cloud","expires_in":3600}""");
        Tool.Variables["WATSONX_IAM_URL"] = iam.Address;
        Tool.Variables["SHOP_KEY"] = Exchanged;
        Declare("watsonx/ibm/granite-4-h-small", "\"apiKeyEnv\": \"SHOP_KEY\", \"inputPrice\": 1, \"outputPrice\": 1, ", "/ml/gateway/v1");

        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor"));

        Assert.Contains("apikey=" + Exchanged, Assert.Single(iam.Asked));
        Assert.Equal("Bearer token-of-ibm-cloud", Assert.Single(Server["watsonx/ibm/granite-4-h-small"].Requests).Headers["Authorization"]);
        AssertNoSecret(Exchanged, "token-of-ibm-cloud");
    }

    [Fact]
    public async Task A_key_of_watsonx_that_is_not_exchanged_is_refused()
    {
        const string Exchanged = "ibm-cloud-key-that-is-exchanged-4711";
        await using TokenServer iam = await TokenServer.StartAsync(400, $$"""{"errorCode":"BXNIM0415E","errorMessage":"Provided API key {{Exchanged}} could not be found."}""");
        Tool.Variables["WATSONX_IAM_URL"] = iam.Address;
        Tool.Variables["SHOP_KEY"] = Exchanged;
        Declare("watsonx/ibm/granite-4-h-small", "\"apiKeyEnv\": \"SHOP_KEY\", \"inputPrice\": 1, \"outputPrice\": 1, ", "/ml/gateway/v1");

        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--json"));

        Assert.StartsWith("the key is not accepted: No token of IBM Cloud could be fetched.", KeyFinding().GetProperty("message").GetString());
        Assert.Equal(0, Server["watsonx/ibm/granite-4-h-small"].Calls);
        AssertNoSecret(Exchanged);
    }

    private JsonElement KeyFinding() => Tool.Json.GetProperty("deployments")[0].GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("check").GetString() is "key");

    private void AssertNoSecret(params string[] secrets)
    {
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, Tool.Out));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, Tool.Error));
    }

    private void Aws(string id, string secret)
    {
        Tool.Variables["AWS_ACCESS_KEY_ID"] = id;
        Tool.Variables["AWS_SECRET_ACCESS_KEY"] = secret;
        Tool.Variables["AWS_REGION"] = "eu-central-1";
    }

    private void Declare(string model, string members, string suffix) =>
        Tool.Write("models.json", $$"""{ "groups": { "shop": { "deployments": [{ {{members}}"model": "{{model}}", "endpoint": "{{Server.BaseAddress}}{{model.Split('/')[0]}}{{suffix}}" }] } } }""");
}
