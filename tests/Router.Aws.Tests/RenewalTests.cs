using RouterGen.Aws.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Aws.Tests;

/// <summary>Keys are fetched once for all that wait, renewed before they expire and after a refusal; a clock that is wrong is put right.</summary>
public sealed class RenewalTests : IDisposable
{
    private readonly AwsWorld _world = new();
    private int _fetches;

    public RenewalTests()
    {
        _world.Variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://127.0.0.1/creds";
        _world.Servers.On("GET http://127.0.0.1/creds", _ => Task.FromResult(Keys(++_fetches)));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_thousand_requests_wait_for_one_fetch()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Servers.On("GET http://127.0.0.1/creds", _ => answer.Task);
        Authorizer[] authorizers = [.. Enumerable.Range(0, 10).Select(_ => _world.Default())];

        Task<HttpRequestMessage>[] waiting = [.. Enumerable.Range(0, 1000).Select(i => _world.SignAsync(authorizers[i % 10]))];
        Assert.DoesNotContain(waiting, static task => task.IsCompleted);
        answer.SetResult(Keys(1));
        HttpRequestMessage[] signed = await Task.WhenAll(waiting);

        Assert.All(signed, static message => Assert.StartsWith("AK1/", AwsWorld.SignedWith(message)));
        Assert.Single(_world.Servers.Asked);
    }

    [Fact]
    public async Task Keys_are_renewed_before_they_expire_and_signed_with_meanwhile()
    {
        Authorizer authorizer = _world.Default();
        await _world.SignAsync(authorizer);
        _world.Time.Advance(TimeSpan.FromMinutes(58));

        Assert.StartsWith("AK1/", AwsWorld.SignedWith(await _world.SignAsync(authorizer)));
        Assert.StartsWith("AK2/", AwsWorld.SignedWith(await _world.SignAsync(authorizer)));
        Assert.Equal(2, _fetches);
        Assert.Equal(["secret2", "token2", "secret1", "token1"], authorizer.SecretTexts);
    }

    [Theory]
    [InlineData("ExpiredTokenException", true)]
    [InlineData("ExpiredToken", true)]
    [InlineData("UnrecognizedClientException:http://internal.amazon.com/coral/com.amazon.coral.service/", true)]
    [InlineData("InvalidSignatureException", true)]
    [InlineData("AccessDeniedException", false)]
    [InlineData(null, false)]
    public async Task Keys_that_are_refused_are_fetched_anew_and_a_lack_of_permission_is_left_alone(string? type, bool renews)
    {
        Authorizer authorizer = _world.Default();
        HttpRequestMessage refused = await _world.SignAsync(authorizer);

        Assert.Equal(renews, authorizer.TryRenew(refused, _world.Refusal(type)));

        Assert.StartsWith(renews ? "AK2/" : "AK1/", AwsWorld.SignedWith(await _world.SignAsync(authorizer)));
    }

    [Fact]
    public async Task A_refusal_of_older_keys_leaves_newer_ones()
    {
        Authorizer authorizer = _world.Default();
        HttpRequestMessage refused = await _world.SignAsync(authorizer);
        Assert.True(authorizer.TryRenew(refused, _world.Refusal("ExpiredToken")));
        await _world.SignAsync(authorizer);

        Assert.True(authorizer.TryRenew(refused, _world.Refusal("ExpiredToken")));

        Assert.StartsWith("AK2/", AwsWorld.SignedWith(await _world.SignAsync(authorizer)));
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task Keys_in_variables_have_no_newer_ones()
    {
        _world.Variables["AWS_ACCESS_KEY_ID"] = "AK";
        _world.Variables["AWS_SECRET_ACCESS_KEY"] = "secret";
        Authorizer authorizer = _world.Default();
        HttpRequestMessage refused = await _world.SignAsync(authorizer);

        Assert.False(authorizer.TryRenew(refused, _world.Refusal("ExpiredTokenException")));
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    [InlineData(-1440)]
    public async Task A_clock_that_is_wrong_is_put_right_once_for_all_deployments(int minutes)
    {
        TimeSpan skew = TimeSpan.FromMinutes(minutes);
        Authorizer authorizer = _world.Default(), other = _world.Default();
        HttpRequestMessage refused = await _world.SignAsync(authorizer);

        Assert.True(authorizer.TryRenew(refused, _world.Refusal("InvalidSignatureException", skew)));
        HttpRequestMessage again = await _world.SignAsync(authorizer);

        string expected = (_world.Time.GetUtcNow() + skew).ToString("yyyyMMdd'T'HHmmss'Z'");
        Assert.Equal(expected, again.Headers.GetValues("X-Amz-Date").Single());
        Assert.Equal(expected, (await _world.SignAsync(other)).Headers.GetValues("X-Amz-Date").Single());
        Assert.StartsWith("AK1/" + expected[..8], AwsWorld.SignedWith(again));
        Assert.False(authorizer.TryRenew(again, _world.Refusal("AccessDeniedException", skew)));
        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task A_clock_that_is_right_is_left_alone()
    {
        Authorizer authorizer = _world.Default();
        HttpRequestMessage refused = await _world.SignAsync(authorizer);

        Assert.False(authorizer.TryRenew(refused, _world.Refusal("AccessDeniedException", TimeSpan.FromSeconds(50))));
        Assert.Equal("20261129T080000Z", (await _world.SignAsync(authorizer)).Headers.GetValues("X-Amz-Date").Single());
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up()
    {
        _world.Servers.On("GET http://127.0.0.1/creds", _ => new TaskCompletionSource<HttpResponseMessage>().Task);

        Task<AttemptFailure> failing = _world.FailAsync(_world.Default());
        _world.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(FailureKind.Timeout, (await failing).Kind);
    }

    [Theory]
    [InlineData("<html>login</html>", 200, FailureKind.ConnectionFailed)]
    [InlineData("[]", 200, FailureKind.ConnectionFailed)]
    [InlineData("", 500, FailureKind.ConnectionFailed)]
    [InlineData("", 401, FailureKind.AuthenticationFailed)]
    public async Task A_server_that_answers_without_keys_fails_the_attempt_and_is_asked_again(string body, int status, FailureKind kind)
    {
        _world.Servers.On("GET http://127.0.0.1/creds", body, (System.Net.HttpStatusCode)status);
        Authorizer authorizer = _world.Default();

        Assert.Equal(kind, (await _world.FailAsync(authorizer)).Kind);

        _world.Servers.On("GET http://127.0.0.1/creds", _ => Task.FromResult(Keys(1)));
        Assert.StartsWith("AK1/", AwsWorld.SignedWith(await _world.SignAsync(authorizer)));
    }

    [Fact]
    public void Deployments_of_other_variables_have_other_keys()
    {
        string? before = _world.Default().Identity;
        Assert.Equal(before, _world.Default().Identity);
        _world.Variables["AWS_PROFILE"] = "other";

        Assert.NotEqual(before, _world.Default().Identity);
    }

    private HttpResponseMessage Keys(int number) => new()
    {
        Content = new StringContent($$"""{"AccessKeyId":"AK{{number}}","SecretAccessKey":"secret{{number}}","Token":"token{{number}}","Expiration":"{{_world.Time.GetUtcNow().AddHours(1):O}}"}"""),
    };
}
