import "sipwasm";
