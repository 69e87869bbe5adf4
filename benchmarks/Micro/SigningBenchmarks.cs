using BenchmarkDotNet.Attributes;
using RouterGen.Aws;

namespace RouterGen.Benchmarks.Micro;

/// <summary>Signing a request to Bedrock (Signature Version 4), with and without a session's token. The budget is 30 µs for 10 KB.</summary>
public class SigningBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);
    private static readonly Uri Address = new("https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse");

    private byte[] _body = [];
    private SigningKey _key = null!;

    /// <summary>How long the body is, in bytes.</summary>
    [Params(1_000, 10_000, 100_000)]
    public int Size { get; set; }

    /// <summary>Makes the body and the key.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _body = new byte[Size];
        _key = new SigningKey(new AwsKeys("ASIAEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", new string('t', 800), DateTimeOffset.MaxValue), "us-east-1", "bedrock", Now);
    }

    /// <summary>Makes the message alone, for comparison.</summary>
    [Benchmark(Baseline = true)]
    public HttpRequestMessage Message() => new(HttpMethod.Post, Address);

    /// <summary>Makes the message and signs it.</summary>
    [Benchmark]
    public HttpRequestMessage Sign()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, Address);
        RequestSigner.Sign(message, _body, _key, Now);
        return message;
    }
}
