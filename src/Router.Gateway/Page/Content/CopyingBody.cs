using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace RouterGen.Gateway.Page.Content;

/// <summary>A response's body of which a copy is kept.</summary>
/// <param name="inner">The body.</param>
/// <param name="copy">Where it is copied to.</param>
internal sealed class CopyingBody(IHttpResponseBodyFeature inner, CutCopy copy) : IHttpResponseBodyFeature
{
    public Stream Stream => inner.Stream;

    public PipeWriter Writer { get; } = new CopyingWriter(inner.Writer, copy);

    public Task CompleteAsync() => inner.CompleteAsync();

    public void DisableBuffering() => inner.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => inner.SendFileAsync(path, offset, count, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);
}
