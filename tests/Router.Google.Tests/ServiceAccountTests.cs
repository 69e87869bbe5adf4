using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RouterGen.Google.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Google.Tests;

/// <summary>A service account's key, which signs what is exchanged for tokens, over a real socket.</summary>
public sealed class ServiceAccountTests : IDisposable
{
    private readonly TokenServer _server;
    private Func<int, string?> _answer = static number => TokenServer.Token("ya29.token-" + number);

    public ServiceAccountTests() => _server = new TokenServer(_ => _answer(_server!.Asked.Length));

    public void Dispose() => _server.Dispose();

    private Identity Account() => new(GoogleCredentials.FromJson(Identity.ServiceAccount(_server.At("/token"))));

    [Fact]
    public async Task A_statement_that_the_key_signed_is_exchanged_for_a_token()
    {
        Identity account = Account();

        Assert.Equal("Bearer ya29.token-1", await account.HeaderAsync());

        TokenRequest request = Assert.Single(_server.Asked);
        Assert.Equal("POST /token HTTP/1.1", request.Line);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.Equal(["assertion", "grant_type"], request.Form.Keys.Order());
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", request.Form["grant_type"]);
        string[] parts = request.Form["assertion"].Split('.');
        Assert.True(Identity.Key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("""{"alg":"RS256","typ":"JWT","kid":"key-7"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        JsonElement claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        Assert.Equal("robot@p.iam.gserviceaccount.com", claims.GetProperty("iss").GetString());
        Assert.Equal("https://www.googleapis.com/auth/cloud-platform", claims.GetProperty("scope").GetString());
        Assert.Equal(_server.At("/token"), claims.GetProperty("aud").GetString());
        Assert.Equal(account.Time.GetUtcNow().ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64());
        Assert.Equal(3600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task A_thousand_requests_wait_for_one_token()
    {
        Identity account = Account();

        (string? Header, AttemptFailure? Failure)[] all = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => account.AuthorizeAsync()));

        Assert.All(all, static one => Assert.Equal(("Bearer ya29.token-1", null), one));
        Assert.Single(_server.Asked);
        Assert.Equal(["ya29.token-1"], account.Authorizer.SecretTexts);
    }

    [Fact]
    public async Task A_token_is_refreshed_ahead_while_the_old_one_is_still_good()
    {
        Identity account = Account();
        await account.HeaderAsync();
        account.Time.Advance(TimeSpan.FromSeconds(3599) - TimeSpan.FromMinutes(2));

        Assert.Equal("Bearer ya29.token-1", await account.HeaderAsync());
        while (await account.HeaderAsync() is not "Bearer ya29.token-2") await Task.Yield();

        Assert.Equal(2, _server.Asked.Length);
    }

    [Fact]
    public async Task An_expired_token_is_not_sent()
    {
        Identity account = Account();
        await account.HeaderAsync();
        account.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("Bearer ya29.token-2", await account.HeaderAsync());
    }

    [Fact]
    public async Task A_token_that_Vertex_refuses_is_replaced_once()
    {
        Identity account = Account();
        using var refused = new HttpRequestMessage();
        refused.Headers.TryAddWithoutValidation("Authorization", await account.HeaderAsync());

        Assert.True(account.Authorizer.TryRenew(refused, new HttpResponseMessage(HttpStatusCode.Unauthorized)));
        Assert.Equal("Bearer ya29.token-2", await account.HeaderAsync());
        Assert.False(account.Authorizer.TryRenew(refused, new HttpResponseMessage(HttpStatusCode.Forbidden)));
        Assert.Equal("Bearer ya29.token-2", await account.HeaderAsync());
    }

    [Fact]
    public async Task A_synchronous_call_waits_on_its_thread() => Assert.Equal("Bearer ya29.token-1", (await Account().AuthorizeAsync(isAsync: false)).Header);

    [Fact]
    public async Task An_endpoint_that_hangs_is_given_up()
    {
        Identity account = Account();
        _answer = static _ => null;
        Task<AttemptFailure> waiting = account.FailureAsync();
        while (_server.Asked.Length == 0) await Task.Yield();

        account.Time.Advance(TimeSpan.FromSeconds(30));

        AttemptFailure failure = await waiting;
        Assert.Equal((FailureKind.Timeout, FailureScope.Key), (failure.Kind, failure.Scope));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Invalid JWT\nSignature."}""", FailureKind.AuthenticationFailed, "invalid_grant", "127.0.0.1 answered with status 400: Invalid JWT Signature.")]
    [InlineData(401, """{"error":"invalid_client"}""", FailureKind.AuthenticationFailed, "invalid_client", "status 401: invalid_client")]
    [InlineData(403, """{"error":{"code":403,"message":"Denied","status":"PERMISSION_DENIED"}}""", FailureKind.AuthenticationFailed, "PERMISSION_DENIED", "status 403: Denied")]
    [InlineData(404, "<html>", FailureKind.AuthenticationFailed, null, "status 404.")]
    [InlineData(429, """{"error":"slow_down"}""", FailureKind.ConnectionFailed, "slow_down", "status 429: slow_down")]
    [InlineData(500, "<html>", FailureKind.ConnectionFailed, null, "status 500.")]
    [InlineData(503, """{"error":[]}""", FailureKind.ConnectionFailed, null, "status 503.")]
    [InlineData(302, "", FailureKind.ConnectionFailed, null, "status 302.")]
    [InlineData(200, "<html>", FailureKind.ConnectionFailed, null, "something other than a token.")]
    [InlineData(200, "", FailureKind.ConnectionFailed, null, "something other than a token.")]
    [InlineData(200, "[]", FailureKind.ConnectionFailed, null, "something other than a token.")]
    [InlineData(200, """{"access_token":7}""", FailureKind.ConnectionFailed, null, "something other than a token.")]
    [InlineData(200, """{"access_token":"a b"}""", FailureKind.AuthenticationFailed, null, "It holds a character that no token has.")]
    public async Task What_is_no_token_is_a_failure_of_the_key(int status, string body, FailureKind kind, string? code, string message)
    {
        _answer = _ => TokenServer.Reply(status, body);

        AttemptFailure failure = await Account().FailureAsync();

        Assert.Equal((kind, FailureScope.Key, code), (failure.Kind, failure.Scope, failure.ErrorCode));
        Assert.EndsWith(message, failure.Message);
        Assert.DoesNotContain(_server.Asked[0].Form["assertion"], failure.ToString());
    }

    [Theory]
    [InlineData("\"600\"", 600)]
    [InlineData("600.0", 600)]
    [InlineData("1e300", 604_800)]
    [InlineData("\"NaN\"", 300)]
    [InlineData("true", 300)]
    [InlineData("-5", 0)]
    public async Task The_life_of_a_token_is_what_the_endpoint_says_within_reason(string stated, int seconds)
    {
        _answer = number => TokenServer.Ok($$"""{"access_token":"t{{number}}","expires_in":{{stated}}}""");
        Identity account = Account();
        await account.HeaderAsync();

        account.Time.Advance(TimeSpan.FromSeconds(seconds / 2.0));
        string? halfway = await account.HeaderAsync();
        account.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(seconds == 0 ? "Bearer t2" : "Bearer t1", halfway);
        Assert.NotEqual(halfway, await account.HeaderAsync());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure_that_may_pass()
    {
        string file = Identity.ServiceAccount(_server.At("/token"));
        _server.Dispose();

        AttemptFailure failure = await new Identity(GoogleCredentials.FromJson(file)).FailureAsync();

        Assert.Equal((FailureKind.ConnectionFailed, FailureScope.Key), (failure.Kind, failure.Scope));
        Assert.Contains("127.0.0.1 did not answer", failure.Message);
    }

    [Fact]
    public async Task Whatever_is_answered_nothing_throws()
    {
        const string Good = """{"access_token":"ya29.t","expires_in":3599,"token_type":"Bearer"}""";
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            char[] bytes = Good.ToCharArray();
            for (int changes = random.Next(1, 4); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (char)random.Next(1, 127);
            string body = new string(bytes)[..random.Next(bytes.Length + 1)];
            _answer = _ => TokenServer.Reply(random.Next(2) == 0 ? 200 : 400, body);

            (string? header, AttemptFailure? failure) = await Account().AuthorizeAsync();

            Assert.True(header is null != failure is null, body);
            Assert.True(failure is null or { Exception: null }, body);
        }
    }
}
