using System.Text;

namespace RouterGen.Aws.Tests;

/// <summary>Signatures against AWS's published suite (<c>aws-sig-v4-test-suite</c>), and what its cases do not have: paths with what is escaped.</summary>
public sealed class SignatureTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string SessionToken =
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

    private static readonly DateTimeOffset Then = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GET", "/", null, null, "", "host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")] // get-vanilla
    [InlineData("POST", "/", null, null, "", "host;x-amz-date", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")] // post-vanilla
    [InlineData("GET", "/?Param2=value2&Param1=value1", null, null, "", "host;x-amz-date", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")] // get-vanilla-query-order-key-case
    [InlineData("POST", "/", "application/x-www-form-urlencoded", null, "Param1=value1", "content-type;host;x-amz-date", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")] // post-x-www-form-urlencoded
    [InlineData("POST", "/", "application/x-www-form-urlencoded; charset=utf8", null, "Param1=value1", "content-type;host;x-amz-date", "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe")] // …-parameters
    [InlineData("POST", "/", null, SessionToken, "", "host;x-amz-date;x-amz-security-token", "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead")] // post-sts-header-before
    public void The_published_requests_have_the_published_signatures(string method, string path, string? contentType, string? token, string body, string signed, string signature)
    {
        HttpRequestMessage message = Sign(method, "https://example.amazonaws.com" + path, contentType, token, body, "us-east-1", "service");

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={signed}, Signature={signature}",
            message.Headers.GetValues("Authorization").Single());
        Assert.Equal("20150830T123600Z", message.Headers.GetValues("X-Amz-Date").Single());
        Assert.Equal(token is not null, message.Headers.Contains("X-Amz-Security-Token"));
    }

    // Computed with Python's hmac and hashlib from the rules: a path is encoded once more than it is sent, %3A as %253A.
    [Theory]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-haiku-4-5-20251001-v1%3A0/converse", "4713aa1e35eaeecea88192294361718fb1b33a130e99c29969edaa126c368c1a")]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.amazon.nova-lite-v1%3A0/converse-stream", "481714a89a09309bb11945b1eda51fddac2797e6a3d54bf2c3f2b833c020b581")]
    [InlineData("http://127.0.0.1:8080/a~b/%E1%88%B4%20%2B", "da1454af3a8acc60bd4c1bc8ccc48ab6afab5b75eb816433a73cd298303175e5")]
    public void A_path_is_encoded_once_more_than_it_is_sent(string address, string signature)
    {
        HttpRequestMessage message = Sign("POST", address, "application/json", null, "{\"a\":1}", "us-east-1", "bedrock");

        Assert.EndsWith("Signature=" + signature, message.Headers.GetValues("Authorization").Single());
    }

    [Fact]
    public void Long_tokens_and_addresses_are_signed_whole()
    {
        string token = new('t', 5000);
        HttpRequestMessage one = Sign("POST", "https://a/" + new string(':', 900), null, token, "", "us-east-1", "bedrock");
        HttpRequestMessage other = Sign("POST", "https://a/" + new string(':', 900), null, token[1..] + "u", "", "us-east-1", "bedrock");

        Assert.NotEqual(one.Headers.GetValues("Authorization").Single(), other.Headers.GetValues("Authorization").Single());
    }

    [Fact]
    public void A_key_is_kept_for_its_day()
    {
        var keys = new AwsKeys("AKIDEXAMPLE", Secret, null, DateTimeOffset.MaxValue);
        var key = new SigningKey(keys, "us-east-1", "bedrock", Then);

        Assert.True(key.IsFor(keys, Then.Date.AddTicks(TimeSpan.TicksPerDay - 1)));
        Assert.False(key.IsFor(keys, Then.AddDays(1)));
        Assert.False(key.IsFor(keys, Then.AddDays(-1)));
        Assert.False(key.IsFor(new AwsKeys("AKIDEXAMPLE", Secret, null, DateTimeOffset.MaxValue), Then));
    }

    private static HttpRequestMessage Sign(string method, string address, string? contentType, string? token, string body, string region, string service)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        var message = new HttpRequestMessage(new HttpMethod(method), address);
        if (contentType is not null)
        {
            message.Content = new ByteArrayContent(bytes);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        var keys = new AwsKeys("AKIDEXAMPLE", Secret, token, DateTimeOffset.MaxValue);
        RequestSigner.Sign(message, bytes, new SigningKey(keys, region, service, Then), Then);
        return message;
    }
}
