using Microsoft.Data.Sqlite;

namespace RouterGen.Gateway.Sqlite.Tests;

/// <summary>A store in a folder of its own, which goes with it.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public TemporaryStore() => Store = Again();

    /// <summary>Gets the folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("store").FullName;

    /// <summary>Gets the file.</summary>
    public string File => Path.Combine(Folder, "gateway.db");

    /// <summary>Gets the store.</summary>
    public SqliteGatewayStore Store { get; }

    /// <summary>Opens the file once more.</summary>
    public SqliteGatewayStore Again() => new(File);

    /// <summary>Closes the store, and changes the file by a statement.</summary>
    public void Change(string statement)
    {
        Store.Dispose();
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
