namespace RouterGen.Runtime.Tests;

/// <summary>A request of no kind that the product has: what it holds is stated. Selection needs no more.</summary>
internal sealed class ShapedRequest : CallRequest
{
    private readonly RequestShape _stated;

    public ShapedRequest(RequestShape stated, bool isStreaming = false) : base(isStreaming)
    {
        _stated = stated;
        _ = Shape; // It has been asked for.
    }

    public override CallKind Kind => CallKind.Chat;

    internal override CallRequest Copy() => new ShapedRequest(_stated);

    internal override ulong? HashOfPrefix(int characters) => null;

    private protected override RequestShape Measure() => _stated;
}
