namespace RouterGen;

/// <summary>How a gateway keeps responses (<c>store</c>, <c>previous_response_id</c> and what is under <c>/v1/responses/{id}</c>).</summary>
public sealed class GatewayResponseOptions
{
    internal GatewayResponseOptions()
    {
    }

    /// <summary>
    /// Gets or sets where responses are kept that clients ask to keep, which is what they ask for unless they say <c>"store": false</c>; null, the default, where none is kept. What is kept
    /// is content.
    /// </summary>
    public IResponseStore? Store { get; set; }

    /// <summary>Gets or sets how long a response is kept; more than zero. The default is 30 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan Lifetime { get; set => field = OptionBounds.AboveZero(value); } = TimeSpan.FromDays(30);

    /// <summary>Gets or sets the most responses that a request may go on from, one after the other; 1 or more. The default is 200.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxChainLength
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 200;

    /// <summary>Gets or sets the most bytes of the responses that a request goes on from, with what they answer; 1 or more. The default is 32 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long MaxChainBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 32L * 1024 * 1024;

    /// <summary>
    /// Gets or sets how long the end of an answer may wait until it is kept; more than zero. The default is 5 seconds. A client that has the end finds the response at once, unless the store
    /// fails or takes longer.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan StoreTimeout { get; set => field = OptionBounds.AboveZero(value); } = TimeSpan.FromSeconds(5);
}
