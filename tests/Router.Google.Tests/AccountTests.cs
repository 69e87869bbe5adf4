using System.Text.Json;
using RouterGen.Google.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Google.Tests;

/// <summary>Where identities come from, and how each kind of account is asked for tokens.</summary>
public sealed class AccountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("routergen-google-").FullName;
    private readonly TokenServer _server;
    private Func<TokenRequest, string?> _answer = static _ => TokenServer.Token("ya29.token");

    public AccountTests() => _server = new TokenServer(request => _answer(request));

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Without_a_file_the_metadata_server_is_asked()
    {
        _answer = static _ => TokenServer.Reply(200, """{"access_token":"ya29.machine","expires_in":3599,"token_type":"Bearer"}""", "Metadata-Flavor: Google\r\n");
        var identity = new Identity(GoogleCredentials.Default, new() { ["GCE_METADATA_HOST"] = _server.Authority, ["CLOUDSDK_CONFIG"] = _folder });

        Assert.Equal("Bearer ya29.machine", await identity.HeaderAsync());

        TokenRequest request = Assert.Single(_server.Asked);
        Assert.Equal("GET /computeMetadata/v1/instance/service-accounts/default/token?scopes=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform HTTP/1.1", request.Line);
        Assert.Equal("Google", request.Headers["Metadata-Flavor"]);
    }

    [Fact]
    public async Task What_is_no_metadata_server_is_not_believed()
    {
        AttemptFailure failure = await new Identity(GoogleCredentials.FromMetadataServer(), new() { ["GCE_METADATA_HOST"] = _server.Authority }).FailureAsync();

        Assert.Equal(FailureKind.ConnectionFailed, failure.Kind);
        Assert.EndsWith("is no metadata server of Google Cloud.", failure.Message);
    }

    [Fact]
    public async Task A_machine_without_a_service_account_is_refused()
    {
        _answer = static _ => TokenServer.Reply(404, "", "Metadata-Flavor: Google\r\n");

        AttemptFailure failure = await new Identity(GoogleCredentials.FromMetadataServer(), new() { ["GCE_METADATA_HOST"] = _server.Authority }).FailureAsync();

        Assert.Equal((FailureKind.AuthenticationFailed, FailureScope.Key), (failure.Kind, failure.Scope));
    }

    [Fact]
    public async Task Where_nothing_is_found_the_failure_says_what_to_do()
    {
        string gone = _server.Authority;
        _server.Dispose();

        AttemptFailure failure = await new Identity(GoogleCredentials.Default, new() { ["GCE_METADATA_HOST"] = gone, ["CLOUDSDK_CONFIG"] = _folder }).FailureAsync();

        Assert.Equal(FailureKind.ConnectionFailed, failure.Kind);
        Assert.EndsWith("set GOOGLE_APPLICATION_CREDENTIALS, or run 'gcloud auth application-default login'.", failure.Message);
    }

    [Fact]
    public async Task The_file_that_a_variable_names_comes_before_the_one_of_gcloud()
    {
        string named = Write("named.json", User("named"));
        Write("application_default_credentials.json", User("of-gcloud"));
        var variables = new Dictionary<string, string> { ["CLOUDSDK_CONFIG"] = _folder, ["GCE_METADATA_HOST"] = "127.0.0.1:1" };

        await new Identity(GoogleCredentials.Default, variables).HeaderAsync();
        await new Identity(GoogleCredentials.Default, new(variables) { ["GOOGLE_APPLICATION_CREDENTIALS"] = named }).HeaderAsync();

        Assert.Equal(["of-gcloud", "named"], _server.Asked.Select(request => request.Form["refresh_token"]));
    }

    [Fact]
    public async Task A_file_that_is_replaced_is_read_again()
    {
        string file = Write("user.json", User("first"));
        var identity = new Identity(GoogleCredentials.FromFile(file));
        await identity.HeaderAsync();

        Write("user.json", User("second"));
        identity.Time.Advance(TimeSpan.FromHours(1));
        await identity.HeaderAsync();

        Assert.Equal(["first", "second"], _server.Asked.Select(request => request.Form["refresh_token"]));
    }

    [Fact]
    public async Task A_person_who_signed_in_has_a_refresh_token()
    {
        Assert.Equal("Bearer ya29.token", await new Identity(GoogleCredentials.FromJson(User("1//refresh"))).HeaderAsync());

        Assert.Equal(
            [("client_id", "c"), ("client_secret", "s"), ("grant_type", "refresh_token"), ("refresh_token", "1//refresh")],
            Assert.Single(_server.Asked).Form.Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("address")]
    public async Task A_token_of_another_provider_is_exchanged(string kind)
    {
        string source = kind switch
        {
            "text" => $$"""{ "file": {{Quoted(Write("subject", "subject-token\n"))}} }""",
            "json" => $$"""{ "file": {{Quoted(Write("subject", "{\"id\":\"subject-token\"}"))}}, "format": { "type": "json", "subject_token_field_name": "id" } }""",
            _ => $$"""{ "url": "{{_server.At("/subject")}}", "headers": { "Metadata": "True" }, "format": { "type": "json" } }""",
        };
        _answer = static request => request.Line.StartsWith("GET", StringComparison.Ordinal) ? TokenServer.Ok("""{"access_token":"subject-token"}""") : TokenServer.Token("ya29.federated");

        Assert.Equal("Bearer ya29.federated", await new Identity(GoogleCredentials.FromJson(External(source))).HeaderAsync());

        if (kind is "address") Assert.Equal("True", _server.Asked[0].Headers["Metadata"]);
        Dictionary<string, string> form = _server.Asked[^1].Form;
        Assert.Equal("urn:ietf:params:oauth:grant-type:token-exchange", form["grant_type"]);
        Assert.Equal("//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x", form["audience"]);
        Assert.Equal(("subject-token", "urn:ietf:params:oauth:token-type:jwt"), (form["subject_token"], form["subject_token_type"]));
        Assert.Equal("https://www.googleapis.com/auth/cloud-platform", form["scope"]);
    }

    [Fact]
    public async Task An_exchanged_token_may_ask_for_one_of_a_service_account()
    {
        string source = $$"""{ "file": {{Quoted(Write("subject", "subject-token"))}} }""";
        _answer = request => request.Line.Contains("generateAccessToken") ? TokenServer.Ok("""{"accessToken":"ya29.impersonated","expireTime":"2026-11-29T12:30:00Z"}""") : TokenServer.Token("ya29.federated");
        var identity = new Identity(GoogleCredentials.FromJson(External(source, $$""", "service_account_impersonation_url": "{{_server.At("/robot:generateAccessToken")}}" """)));

        Assert.Equal("Bearer ya29.impersonated", await identity.HeaderAsync());
        Assert.Equal("Bearer ya29.federated", _server.Asked[1].Headers["Authorization"]);
        Assert.Equal("""{"scope":["https://www.googleapis.com/auth/cloud-platform"],"lifetime":"3600s"}""", _server.Asked[1].Body);
        identity.Time.Advance(TimeSpan.FromMinutes(30));
        await identity.HeaderAsync();
        Assert.Equal(4, _server.Asked.Length);
    }

    [Theory]
    [InlineData("""{"accessToken":"ya29.impersonated"}""", 200, null)]
    [InlineData("""{"accessToken":7}""", 200, FailureKind.ConnectionFailed)]
    [InlineData("""{"error":{"message":"Permission 'iam.serviceAccounts.getAccessToken' denied","status":"PERMISSION_DENIED"}}""", 403, FailureKind.AuthenticationFailed)]
    public async Task A_person_may_act_as_a_service_account(string body, int status, FailureKind? kind)
    {
        _answer = request => request.Line.Contains("generateAccessToken") ? TokenServer.Reply(status, body) : TokenServer.Token("ya29.mine");
        string file = $$"""
            { "type": "impersonated_service_account", "service_account_impersonation_url": "{{_server.At("/robot:generateAccessToken")}}", "delegates": ["projects/-/serviceAccounts/d"], "source_credentials": {{User("r")}} }
            """;

        (string? header, AttemptFailure? failure) = await new Identity(GoogleCredentials.FromJson(file)).AuthorizeAsync();

        Assert.Equal((kind is null ? "Bearer ya29.impersonated" : null, kind), (header, failure?.Kind));
        Assert.Contains("\"delegates\":[\"projects/-/serviceAccounts/d\"]", _server.Asked[1].Body);
    }

    [Theory]
    [InlineData("", "is no JSON")]
    [InlineData("[]", "is of none of the types")]
    [InlineData("""{ "type": "gdch_service_account" }""", "is of none of the types")]
    [InlineData("""{ "type": "service_account", "client_email": "a", "private_key": "secret-key", "token_uri": "http://elsewhere.example/token" }""", "a token_uri with https")]
    [InlineData("""{ "type": "service_account", "client_email": "a", "private_key": "secret-key" }""", "is none, or is damaged")]
    [InlineData("""{ "type": "authorized_user", "client_id": "secret-key" }""", "client_id, client_secret and refresh_token")]
    [InlineData("""{ "type": "external_account", "credential_source": { "environment_id": "aws1" } }""", "GoogleCredentials.FromTokens takes tokens")]
    [InlineData("""{ "type": "external_account", "credential_source": { "url": "ftp://a" } }""", "names neither a file nor an address")]
    [InlineData("""{ "type": "external_account", "credential_source": { "file": "a" } }""", "audience, subject_token_type and a token_url with https")]
    [InlineData("""{ "type": "external_account", "credential_source": { "file": "/nowhere/a" }, "audience": "a", "subject_token_type": "t", "token_url": "https://sts.example" }""", "cannot be read: DirectoryNotFoundException")]
    [InlineData("""{ "type": "impersonated_service_account" }""", "source_credentials and a service_account_impersonation_url")]
    public async Task What_is_no_account_is_refused_without_being_shown(string json, string message)
    {
        var identity = new Identity(GoogleCredentials.FromFile(Write("wrong.json", json)));

        AttemptFailure failure = await identity.FailureAsync();

        Assert.Equal((FailureKind.AuthenticationFailed, FailureScope.Key), (failure.Kind, failure.Scope));
        Assert.Contains(message, failure.Message);
        Assert.DoesNotContain("secret-key", failure.ToString());
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_by_its_variable()
    {
        AttemptFailure failure = await new Identity(GoogleCredentials.Default, new() { ["GOOGLE_APPLICATION_CREDENTIALS"] = Path.Combine(_folder, "gone.json") }).FailureAsync();

        Assert.EndsWith("The file that GOOGLE_APPLICATION_CREDENTIALS names cannot be read: FileNotFoundException.", failure.Message);
    }

    [Fact]
    public async Task Tokens_may_come_from_elsewhere()
    {
        int fetched = 0;
        var identity = new Identity(GoogleCredentials.FromTokens("mine", _ => Task.FromResult("ya29.own-" + ++fetched), TimeSpan.FromMinutes(10)));

        Assert.Equal("Bearer ya29.own-1", await identity.HeaderAsync());
        identity.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("Bearer ya29.own-2", await identity.HeaderAsync());
    }

    [Fact]
    public async Task Tokens_from_elsewhere_that_fail_to_come_are_a_failure_of_the_key()
    {
        AttemptFailure thrown = await new Identity(GoogleCredentials.FromTokens("mine", static _ => throw new InvalidOperationException("no"))).FailureAsync();
        AttemptFailure nothing = await new Identity(GoogleCredentials.FromTokens("mine", static _ => Task.FromResult(""))).FailureAsync();

        Assert.Equal((FailureKind.ConnectionFailed, FailureScope.Key), (thrown.Kind, thrown.Scope));
        Assert.Equal((FailureKind.ConnectionFailed, FailureScope.Key), (nothing.Kind, nothing.Scope));
    }

    [Fact]
    public void One_identity_is_told_from_another()
    {
        CredentialSource[] sources =
        [
            GoogleCredentials.Default, GoogleCredentials.FromMetadataServer(), GoogleCredentials.FromFile("a"), GoogleCredentials.FromFile("b"), GoogleCredentials.FromJson("a"),
            GoogleCredentials.FromTokens("a", static _ => Task.FromResult("t")),
        ];

        Assert.Equal(sources.Length, sources.Select(source => new Identity(source).Authorizer.Identity).Distinct().Count());
        Assert.Equal(new Identity(GoogleCredentials.FromFile("a")).Authorizer.Identity, new Identity(GoogleCredentials.FromFile("a")).Authorizer.Identity);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string User(string refreshToken) => $$"""{ "type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "{{refreshToken}}", "token_uri": "{{_server.At("/token")}}" }""";

    private string External(string source, string more = "") => $$"""
        {
          "type": "external_account", "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x",
          "subject_token_type": "urn:ietf:params:oauth:token-type:jwt", "token_url": "{{_server.At("/sts")}}", "credential_source": {{source}}{{more}}
        }
        """;

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
