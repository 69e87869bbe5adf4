using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace RouterGen.Caching;

/// <summary>Where answers are kept as bytes, by key.</summary>
internal interface IAnswerBytes
{
    /// <summary>Returns the bytes of a key; null where there are none.</summary>
    ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Keeps bytes under a key for a time.</summary>
    ValueTask SetAsync(string key, byte[] bytes, TimeSpan expiration, CancellationToken cancellationToken);
}

/// <summary>Bytes in an <see cref="IDistributedCache"/>.</summary>
internal sealed class DistributedBytes(IDistributedCache cache) : IAnswerBytes
{
    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => await cache.GetAsync(key, cancellationToken).ConfigureAwait(false);

    public async ValueTask SetAsync(string key, byte[] bytes, TimeSpan expiration, CancellationToken cancellationToken) =>
        await cache.SetAsync(key, bytes, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = expiration }, cancellationToken).ConfigureAwait(false);
}

/// <summary>Bytes in a <see cref="HybridCache"/>: in this process, and behind it in the cache that processes share.</summary>
internal sealed class HybridBytes(HybridCache cache) : IAnswerBytes
{
    // What is not there is not made: a failure would be made as well.
    private static readonly HybridCacheEntryOptions ReadOnly = new() { Flags = HybridCacheEntryFlags.DisableUnderlyingData };

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        await cache.GetOrCreateAsync(key, static _ => new ValueTask<byte[]?>((byte[]?)null), ReadOnly, cancellationToken: cancellationToken).ConfigureAwait(false);

    public ValueTask SetAsync(string key, byte[] bytes, TimeSpan expiration, CancellationToken cancellationToken) =>
        cache.SetAsync(key, bytes, new HybridCacheEntryOptions { Expiration = expiration, LocalCacheExpiration = expiration }, cancellationToken: cancellationToken);
}
