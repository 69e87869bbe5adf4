using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RouterGen.Gateway.Page;

/// <summary>The files of the page, which are part of the program.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "page/";
    private const string Index = "index.html";

    private readonly FrozenDictionary<string, PageFile> _files;

    /// <summary>Reads the files out of the program.</summary>
    public PageFiles()
    {
        Assembly program = typeof(PageFiles).Assembly;
        _files = program.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(static name => name[Prefix.Length..], name => PageFile.Read(program, name), StringComparer.Ordinal);
    }

    /// <summary>Gets the files by name.</summary>
    public IReadOnlyDictionary<string, PageFile> All => _files;

    /// <summary>Answers with the page. Its files are named relative to it, also where something in front of the gateway adds to the path: so its own path must end with a slash.</summary>
    public Task SendIndexAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        if (path.EndsWith('/')) return SendAsync(context, _files[Index]);
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = path[(path.LastIndexOf('/') + 1)..] + "/";
        return Task.CompletedTask;
    }

    /// <summary>Answers with a file.</summary>
    public Task SendAsync(HttpContext context)
    {
        if (context.GetRouteValue("file") is string name && _files.TryGetValue(name, out PageFile? file)) return SendAsync(context, file);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext context, PageFile file)
    {
        HttpResponse response = context.Response;
        PageHeaders.AddOfFile(response.Headers);
        response.Headers.ETag = file.Tag;
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = 304;
            return;
        }

        response.ContentType = file.MediaType;
        response.ContentLength = file.Bytes.Length;
        await response.BodyWriter.WriteAsync(file.Bytes, context.RequestAborted).ConfigureAwait(false);
    }
}

/// <summary>A file of the page.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Tag">Its ETag, which changes with its bytes.</param>
internal sealed record PageFile(byte[] Bytes, string MediaType, string Tag)
{
    private const int TagBytes = 12;

    /// <summary>Reads a file out of the program.</summary>
    public static PageFile Read(Assembly program, string name)
    {
        using Stream stream = program.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new PageFile(bytes, MediaTypeOf(name), $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, TagBytes))}\"");
    }

    private static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
}
