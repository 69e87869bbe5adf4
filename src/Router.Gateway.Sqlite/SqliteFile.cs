using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace RouterGen.Gateway.Sqlite;

/// <summary>A file with a write-ahead log: one connection writes, one write at a time, and others read meanwhile.</summary>
internal sealed class SqliteFile(string path, TimeSpan busyTimeout) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private SqliteConnection? _writer;

    /// <summary>Reads on a connection that nothing else uses meanwhile.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        if (!_readers.TryTake(out SqliteConnection? connection)) connection = Open();
        T result;
        try
        {
            result = read(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        _readers.Add(connection);
        return result;
    }

    /// <summary>Writes in one transaction, which is on the disk when this returns.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _writer ??= Open();
            _writer.Run("BEGIN IMMEDIATE");
            T result = write(_writer);
            _writer.Run("COMMIT");
            return result;
        }
        catch
        {
            // The next write opens the file anew: it may have been moved, or repaired, meanwhile. What was not committed is gone.
            _writer?.Dispose();
            _writer = null;
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        while (_readers.TryTake(out SqliteConnection? reader)) reader.Dispose();
        _writer?.Dispose();
        _writing.Dispose();
    }

    private SqliteConnection Open()
    {
        MakeFile();
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = Math.Max(1, (int)busyTimeout.TotalSeconds) };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            connection.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            StoreSchema.Update(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // For its owner alone. SQLite gives the log beside it the same permissions.
    private void MakeFile()
    {
        if (File.Exists(path)) return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var made = new FileStream(path, options);
    }
}
