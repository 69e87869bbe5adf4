using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>
/// Reports files of configuration that cannot be loaded any more, such as one that was saved half-written. The framework announces no reload then, so that routers
/// keep what held before, and would say nothing.
/// </summary>
internal static class FileReport
{
    /// <summary>Reports it from now on, beside what the application does itself.</summary>
    public static void Watch(IConfigurationRoot root, ILogger logger)
    {
        foreach (FileConfigurationProvider provider in FilesOf(root))
        {
            Action<FileLoadExceptionContext>? own = provider.Source.OnLoadException;
            provider.Source.OnLoadException = context =>
            {
                HostingLog.FileNotLoaded(logger, provider.Source.Path ?? "", ReasonOf(context.Exception));
                own?.Invoke(context);
            };
        }
    }

    private static IEnumerable<FileConfigurationProvider> FilesOf(IConfigurationRoot root)
    {
        foreach (IConfigurationProvider provider in root.Providers)
        {
            if (provider is FileConfigurationProvider file) yield return file;
            if (provider is not ChainedConfigurationProvider { Configuration: IConfigurationRoot inner }) continue;
            foreach (FileConfigurationProvider within in FilesOf(inner)) yield return within;
        }
    }

    /// <summary>Where the mistake is. The message of a parser may quote what stands there, which may be a key.</summary>
    private static string ReasonOf(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is JsonException { LineNumber: { } line }) return $"it is no valid JSON at line {line + 1}";
        }

        return (exception.InnerException ?? exception).GetType().Name;
    }
}
