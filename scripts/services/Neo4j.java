import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;

/** Runs the real Neo4j server of this folder: `java Neo4j.java HOME CONF READY`; the password comes from the environment. */
public class Neo4j {
    public static void main(String[] args) throws Exception {
        var server = new DatabaseManagementServiceBuilder(Path.of(args[0])).loadPropertiesFromFile(Path.of(args[1])).build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        try {
            giveOwnPassword(server.database("system"));
            Files.writeString(Path.of(args[2]), "ready\n");
        } catch (Exception fault) {
            fault.printStackTrace();
            System.exit(1);
        }
        Thread.currentThread().join();
    }

    /** A new folder has the password everybody knows; altering it to what it is already is refused, so only then. */
    private static void giveOwnPassword(GraphDatabaseService system) {
        var fresh = system.executeTransactionally(
            "SHOW USERS YIELD user, passwordChangeRequired WHERE user = 'neo4j' AND passwordChangeRequired RETURN user",
            Map.of(), rows -> rows.hasNext());
        if (!fresh) return;
        system.executeTransactionally(
            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
            Map.of("password", System.getenv("NEO4J_PASSWORD")));
    }
}
