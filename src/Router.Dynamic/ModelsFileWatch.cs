using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>
/// Keeps groups in step with their file: looks at it in intervals, because what tells of changes is silent on some file systems, and on those of containers a file is
/// replaced by another. A file with errors changes nothing; each is logged once. Disposing it ends that.
/// </summary>
public sealed partial class ModelsFileWatch : IDisposable
{
    private readonly RouterModels _models;
    private readonly string _path;
    private readonly IModelsFormat? _format;
    private readonly ILogger _logger;
    private readonly Lock _looking = new();
    private readonly ITimer _timer;
    private string _seen;
    private string? _error; // of a file that its format cannot read, as it was logged

    /// <summary>Starts to look at a file.</summary>
    /// <param name="models">The groups that the file declares.</param>
    /// <param name="path">The file.</param>
    /// <param name="logger">Where changes are told, and errors.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interval">How often it is looked at; more than zero. Two seconds unless stated.</param>
    /// <param name="format">Reads the file; null for models.json.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ModelsFileWatch(RouterModels models, string path, ILogger logger, TimeProvider time, TimeSpan? interval = null, IModelsFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(time);
        TimeSpan period = interval ?? TimeSpan.FromSeconds(2);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero, nameof(interval));
        _models = models;
        _path = path;
        _logger = logger;
        _format = format;
        _seen = format?.Read(path).Json ?? File.ReadAllText(path);
        _timer = time.CreateTimer(static watch => ((ModelsFileWatch)watch!).Look(), this, period, period);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (!_looking.TryEnter()) return; // It takes longer than an interval.
        try
        {
            ModelsText? other = _format?.Read(_path);
            string text = other?.Json ?? File.ReadAllText(_path);
            if (text == _seen) return;
            _seen = text;
            _error = null;
            if (other is null) _models.Change(text, _path);
            else _models.Change(other);
            LogChanged(_logger, _path, _models.Groups.Count);
            foreach (ModelsFileProblem warning in _models.Warnings) LogWarning(_logger, warning);
        }
        catch (ModelsFileException exception)
        {
            if (exception.Message != _error) LogErrors(_logger, _path, exception.Message);
            _error = exception.Message;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(_logger, _path, exception.Message);
        }
        finally
        {
            _looking.Exit();
        }
    }

    [LoggerMessage(110, LogLevel.Information, "{Path} has changed: its {Groups} groups are in use from the next call on.")]
    private static partial void LogChanged(ILogger logger, string path, int groups);

    [LoggerMessage(111, LogLevel.Error, "{Path} has changed and has errors, so that what was in use stays in use: {Errors}")]
    private static partial void LogErrors(ILogger logger, string path, string errors);

    [LoggerMessage(112, LogLevel.Warning, "{Path} cannot be read, so that what was in use stays in use: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string path, string reason);

    [LoggerMessage(113, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, ModelsFileProblem warning);
}
