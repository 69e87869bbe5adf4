using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RouterGen.Aws;

/// <summary>What signs the requests of one day to one service in one region. It is derived of the secret key, and kept.</summary>
internal sealed class SigningKey
{
    private readonly int _day;
    private readonly byte[] _bytes;

    /// <summary>Derives the key.</summary>
    /// <param name="keys">The access key.</param>
    /// <param name="region">The region, for example <c>us-east-1</c>.</param>
    /// <param name="service">The service, for example <c>bedrock</c>.</param>
    /// <param name="now">The time.</param>
    public SigningKey(AwsKeys keys, string region, string service, DateTimeOffset now)
    {
        Keys = keys;
        _day = DayOf(now);
        string day = now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        Scope = $"{day}/{region}/{service}/aws4_request";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + keys.SecretAccessKey);
        foreach (string part in Scope.Split('/')) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        _bytes = key;
    }

    /// <summary>Gets the access key.</summary>
    public AwsKeys Keys { get; }

    /// <summary>Gets what the key is for: day, region and service.</summary>
    public string Scope { get; }

    /// <summary>Returns whether the key signs requests of a moment that are sent with an access key.</summary>
    public bool IsFor(AwsKeys keys, DateTimeOffset now) => ReferenceEquals(keys, Keys) && DayOf(now) == _day;

    /// <summary>Signs a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="signature">Gets the 32 bytes of the signature.</param>
    public void Sign(ReadOnlySpan<byte> text, Span<byte> signature) => HMACSHA256.HashData(_bytes, text, signature);

    private static int DayOf(DateTimeOffset now) => (int)(now.UtcTicks / TimeSpan.TicksPerDay);
}
